import { randomUUID } from 'node:crypto'
import { openMongoStore } from '#core/store/mongo/open-mongo-store.ts'
import { dropDatabase, mongoUrl, withDatabase } from '../../support/mongo.ts'
import { canStartRedis, RedisServer } from '../../support/redis-server.ts'

/** A database and a Redis of the bench's own. */
export interface Servers {
  storeUrl: string
  queueUrl: string
  redis: RedisServer
  end(): Promise<void>
}

/** Null, with a printed reason, where one of the two cannot be had. */
export async function benchServers(): Promise<Servers | null> {
  const mongo = mongoUrl()
  if (!mongo || !canStartRedis()) return null
  const redis = await RedisServer.started('--maxmemory-policy', 'noeviction')
  const storeUrl = withDatabase(mongo, `bench_${randomUUID()}`)
  // Its indexes: what a bench fills before the first hub starts must find them.
  await (await openMongoStore({ url: storeUrl })).close()
  return {
    storeUrl,
    queueUrl: redis.url,
    redis,
    async end() {
      await redis.end()
      await dropDatabase(storeUrl)
    },
  }
}
