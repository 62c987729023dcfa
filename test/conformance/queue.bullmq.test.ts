import { randomUUID } from 'node:crypto'
import { setTimeout as pass } from 'node:timers/promises'
import { afterAll, describe } from '@jest/globals'
import { systemClock } from '#core/kernel/clock.ts'
import { openBullmqQueue } from '#core/queue/bullmq/open-bullmq-queue.ts'
import { dropKeys, redisUrl } from '../support/redis.ts'
import { WatchedQueue } from './queue/watched-queue.ts'
import { type QueueHarness, queueSuite } from './queue.suite.ts'

/** Keys of this run; each queue has a part of them. */
const run = `test-${randomUUID()}`

function harnessOn(url: string): QueueHarness {
  let watched: WatchedQueue
  let opened = 0
  return {
    name: 'BullMQ',
    async open() {
      const queue = await openBullmqQueue({
        url: `${url}?prefix=${run}.${opened++}`,
        clock: systemClock,
      })
      watched = new WatchedQueue(queue)
      return watched
    },
    settle: () => watched.settled(),
    async advance(ms) {
      await pass(ms)
      await watched.settled()
    },
    close: queue => queue.close(),
  }
}

const server = redisUrl()
if (server) {
  queueSuite(harnessOn(server))
  afterAll(() => dropKeys(server, `${run}*`))
} else describe.skip('the BullMQ queue (REDIS_URL is not set)', () => queueSuite(harnessOn('')))
