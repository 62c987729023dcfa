import { asHubError } from '#core/errors/hub-error.ts'
import { type Clock, sleep } from '#core/kernel/clock.ts'
import { backOffMs } from './back-off.ts'
import type { Worker } from './worker.ts'

export interface Periodic {
  name: string
  everyMs: number
  clock: Clock
  random: () => number
  /** `alive` is for turns that may take long: called at each step, it keeps the worker from being taken for stuck. */
  run(signal: AbortSignal, alive: () => void): Promise<void>
}

/** No single step of a turn takes this long unless something hangs. */
const STUCK_MS = 120_000

/**
 * A worker that does its task again and again, with a pause between the end of one turn and the start of the next. A
 * turn that throws costs that turn: the next comes as usual, and sooner where the rhythm is slow. A `halt` error ends it.
 */
export const every = ({ name, everyMs, clock, random, run }: Periodic): Worker => ({
  name,
  stallMs: everyMs + STUCK_MS,
  async run(signal, report) {
    for (let failures = 0; !signal.aborted; ) {
      report.alive()
      try {
        await run(signal, () => report.alive())
        report.succeeded()
        failures = 0
      } catch (thrown) {
        if (signal.aborted) return
        if (asHubError(thrown).recovery === 'halt') throw thrown
        report.failed(thrown)
        failures++
      }
      const pauseMs = failures === 0 ? everyMs : Math.min(everyMs, backOffMs(failures, random))
      await sleep(clock, pauseMs, signal).catch(() => undefined)
    }
  },
})
