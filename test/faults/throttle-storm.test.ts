import { describe, expect, it } from '@jest/globals'
import { redisUrl } from '../support/redis.ts'
import { throttleStorm } from './throttle-storm.ts'

const redis = redisUrl()
const describeIf = redis ? describe : describe.skip

/** How long live traffic takes is for `run-throttle-storm.ts` to print: a loaded machine says nothing about it. */
describeIf('a shop that enforces its limits', () => {
  it('throttles not one call in a hundred of live traffic and backfills of 4 processes', async () => {
    const { storm } = await throttleStorm({
      ...{ redis: redis!, processes: 4, ms: 3_000, everyMs: 1_000 },
      bucket: { size: 1_000, restoreRate: 1_000 },
    })
    // Each process has called for both, however little of the machine it was given.
    expect(storm.live).toBeGreaterThanOrEqual(4)
    expect(storm.calls).toBeGreaterThanOrEqual(storm.live + 4)
    // Of fewer than a hundred calls, one: calls that were held up on their way may meet at the shop.
    expect(storm.throttled).toBeLessThanOrEqual(Math.ceil(storm.calls / 100))
  }, 120_000)
})
