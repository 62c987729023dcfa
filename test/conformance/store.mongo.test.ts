import { randomUUID } from 'node:crypto'
import { afterAll, describe } from '@jest/globals'
import { openMongoStore } from '#core/store/mongo/open-mongo-store.ts'
import { dropDatabase, emptyDatabase, mongoUrl, withDatabase } from '../support/mongo.ts'
import { type StoreHarness, storeSuite } from './store.suite.ts'

/** One database for all tests: making its indexes costs more than emptying it. */
const harnessOn = (url: string): StoreHarness => ({
  name: 'MongoDB',
  open: () => openMongoStore({ url }),
  async reopen(store) {
    await store.close()
    return openMongoStore({ url })
  },
  async close(store) {
    await store.close()
    await emptyDatabase(url)
  },
})

const server = mongoUrl()
if (server) {
  const url = withDatabase(server, `store_${randomUUID()}`)
  storeSuite(harnessOn(url))
  afterAll(() => dropDatabase(url))
} else describe.skip('the MongoDB store (MONGODB_URL is not set)', () => storeSuite(harnessOn('')))
