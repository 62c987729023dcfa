import { randomUUID } from 'node:crypto'
import { afterAll, describe } from '@jest/globals'
import { Redis } from 'ioredis'
import { createRedisState } from '#core/resilience/redis/redis-state.ts'
import { dropKeys, redisUrl } from '../support/redis.ts'
import { type SharedStateHarness, sharedStateSuite } from './shared-state.suite.ts'

/** Keys of this run; each state has a part of them. */
const run = `test-${randomUUID()}`

function harnessOn(url: string): SharedStateHarness {
  let opened = 0
  return {
    name: 'Redis',
    async open() {
      const prefix = `${run}:${opened++}`
      let time = Date.UTC(2026, 0, 15)
      const now = () => time
      const make = () => createRedisState({ connection: new Redis(url), prefix, now })
      const [state, other] = [make(), make()]
      return {
        state,
        other,
        advance: ms => {
          time += ms
        },
        close: async () => void (await Promise.all([state.close(), other.close()])),
      }
    },
  }
}

const server = redisUrl()
if (server) {
  sharedStateSuite(harnessOn(server))
  afterAll(() => dropKeys(server, run))
} else describe.skip('the Redis shared state (REDIS_URL is not set)', () => sharedStateSuite(harnessOn('')))
