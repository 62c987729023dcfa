import { ManualClock } from '#core/kernel/clock.ts'
import { createEmbeddedQueue } from '#core/queue/embedded/create-embedded-queue.ts'
import { queueSuite } from './queue.suite.ts'

let clock: ManualClock

/** Each turn of the event loop starts one round of jobs; the longest test needs fewer than this. */
const TURNS = 100

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await clock.advance(0)
}

queueSuite({
  name: 'embedded',
  async open() {
    clock = new ManualClock()
    return createEmbeddedQueue({ clock })
  },
  settle,
  async advance(ms) {
    await clock.advance(ms)
    await settle()
  },
  close: queue => queue.close(),
})
