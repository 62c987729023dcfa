import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Store } from '#core/contracts/store.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { type StoreHarness, storeSuite } from './store.suite.ts'

function fileHarness(): StoreHarness {
  const paths = new Map<Store, string>()
  const opened = (path: string): Store => {
    const store = openSqliteStore({ url: `sqlite:${path}`, engine: true })
    paths.set(store, path)
    return store
  }
  return {
    name: 'SQLite file',
    open: async () => opened(join(mkdtempSync(join(tmpdir(), 'crossdock-store-')), 'hub.db')),
    async reopen(store) {
      await store.close()
      return opened(paths.get(store)!)
    },
    async close(store) {
      await store.close()
      rmSync(dirname(paths.get(store)!), { recursive: true })
    },
  }
}

storeSuite(fileHarness())

storeSuite({
  name: 'SQLite memory',
  open: async () => openSqliteStore({ url: ':memory:', engine: true }),
  close: store => store.close(),
})
