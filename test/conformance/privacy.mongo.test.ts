import { randomUUID } from 'node:crypto'
import { afterAll, describe } from '@jest/globals'
import type { Store } from '#core/contracts/store.ts'
import { openMongoStore } from '#core/store/mongo/open-mongo-store.ts'
import { dropDatabase, emptyDatabase, mongoUrl, withDatabase } from '../support/mongo.ts'
import { privacySuite } from './privacy.suite.ts'

/** One store for all tests: opening it costs more than emptying it. */
function storeOn(url: string) {
  let opened: Promise<Store> | undefined
  return {
    open: () => {
      opened ??= openMongoStore({ url })
      return opened
    },
    close: async () => void (await emptyDatabase(url)),
    end: async () => (await opened)?.close(),
  }
}

const server = mongoUrl()
if (server) {
  const url = withDatabase(server, `privacy_${randomUUID()}`)
  const store = storeOn(url)
  privacySuite('MongoDB', store)
  afterAll(async () => {
    await store.end()
    await dropDatabase(url)
  })
} else {
  describe.skip('erasure on MongoDB (MONGODB_URL is not set)', () => privacySuite('MongoDB', storeOn('')))
}
