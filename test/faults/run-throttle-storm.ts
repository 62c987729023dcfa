/** `REDIS_URL=… node test/faults/run-throttle-storm.ts [processes] [seconds]`: prints what a shop and live traffic felt. */
import { redisUrl } from '../support/redis.ts'
import { throttleStorm } from './throttle-storm.ts'

const [processes = 4, seconds = 10] = process.argv.slice(2).map(Number)
const redis = redisUrl()
if (redis) {
  const { idle, storm } = await throttleStorm({
    ...{ redis, processes, ms: seconds * 1_000, everyMs: 1_000 },
    bucket: { size: 2_000, restoreRate: 1_000 },
  })
  console.table({ 'live alone': idle, 'live beside backfills': storm })
  const share = ((100 * storm.throttled) / storm.calls).toFixed(2)
  console.log(
    `${share} % of the calls were throttled; the live p95 is ${(storm.liveP95 / idle.liveP95).toFixed(2)} × that alone.`,
  )
}
