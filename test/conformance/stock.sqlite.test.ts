import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { stockSuite } from './stock.suite.ts'

stockSuite('SQLite', {
  open: () => openSqliteStore({ url: ':memory:', engine: true }),
  close: store => store.close(),
})
