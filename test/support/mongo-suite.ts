import { randomUUID } from 'node:crypto'
import { afterAll, describe } from '@jest/globals'
import type { Store } from '#core/contracts/store.ts'
import { openMongoStore } from '#core/store/mongo/open-mongo-store.ts'
import { dropDatabase, emptyDatabase, mongoUrl, withDatabase } from './mongo.ts'

/** One store for all tests: opening it costs more than emptying it. */
export interface SuiteStore {
  open(): Promise<Store>
  close(): Promise<void>
}

/** Runs a suite that is written for any store on a database of its own; skipped where there is no MongoDB. */
export function onMongo(name: string, suite: (store: SuiteStore) => void): void {
  const server = mongoUrl()
  const url = server === null ? '' : withDatabase(server, `suite_${randomUUID()}`)
  let opened: Promise<Store> | undefined
  const store: SuiteStore = {
    open: () => {
      opened ??= openMongoStore({ url })
      return opened
    },
    close: async () => void (await emptyDatabase(url)),
  }
  if (server === null) {
    describe.skip(`${name} on MongoDB (MONGODB_URL is not set)`, () => suite(store))
    return
  }
  suite(store)
  afterAll(async () => {
    await (await opened)?.close()
    await dropDatabase(url)
  })
}
