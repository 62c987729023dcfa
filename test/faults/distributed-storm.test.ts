import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type MongoServer, ownMongoServer } from '../support/mongo-server.ts'
import { canStartRedis } from '../support/redis-server.ts'
import { distributedStorm } from './distributed-storm.ts'

/** The full size is `node test/faults/run-distributed-storm.ts 5000 20`. */
const SMALL = { orders: 100, kills: 3, seed: 20_261 }

const mongo = canStartRedis() ? await ownMongoServer() : null
const describeIf = mongo ? describe : describe.skip

describeIf('nothing lost, nothing twice, newest last, in many processes', () => {
  const server = mongo as MongoServer
  // The first start on a machine may have to make the server.
  beforeAll(() => server.start(), 180_000)
  afterAll(() => server.end(), 60_000)

  it('under SIGKILL of any, an emptied and a killed Redis, a killed MongoDB and a failing ERP', async () => {
    const report = await distributedStorm({ ...SMALL, mongo: server, strategy: 'search-then-create' })
    expect(report).toMatchObject({
      acknowledged: SMALL.orders,
      kills: SMALL.kills,
      lost: [],
      doubled: [],
      stale: [],
      deadLetters: 0,
      ended: [],
    })
  }, 300_000)
})
