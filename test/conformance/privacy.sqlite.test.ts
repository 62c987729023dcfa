import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { privacySuite } from './privacy.suite.ts'

privacySuite('SQLite', {
  open: () => openSqliteStore({ url: ':memory:', engine: true }),
  close: store => store.close(),
})
