import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { engineSuite } from './engine.suite.ts'

engineSuite({
  name: 'SQLite',
  store: { open: () => openSqliteStore({ url: ':memory:', engine: true }), close: store => store.close() },
  orders: 40,
})
