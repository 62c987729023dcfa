import { type Clock, sleep } from '#core/kernel/clock.ts'
import type { Worker } from './worker.ts'

export interface Periodic {
  name: string
  everyMs: number
  clock: Clock
  run(signal: AbortSignal): Promise<void>
}

/** A worker that does its task again and again, with a pause between the end of one and the start of the next. */
export const every = ({ name, everyMs, clock, run }: Periodic): Worker => ({
  name,
  async run(signal) {
    while (!signal.aborted) {
      await run(signal)
      await sleep(clock, everyMs, signal).catch(() => undefined)
    }
  },
})
