/** Time as a parameter: nothing in the hub reads the system clock but `systemClock`. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Calls back once after the delay; the returned function cancels. */
  timer(delayMs: number, callback: () => void): () => void
}

/** Longest delay that setTimeout takes; a longer one fires early and the caller looks at the clock again. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  timer(delayMs, callback) {
    const handle = setTimeout(callback, Math.min(Math.max(delayMs, 0), MAX_TIMEOUT_MS))
    return () => clearTimeout(handle)
  },
}

/** Resolves after the delay on the given clock; rejects with the signal's reason when it aborts. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const onAbort = () => {
      cancel()
      reject(signal?.reason)
    }
    const cancel = clock.timer(ms, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

/** A clock that stands still until it is moved. Timers due within a move fire in order of time. */
export class ManualClock implements Clock {
  #now: number
  #timers = new Set<{ at: number; callback: () => void }>()

  constructor(now = Date.UTC(2026, 0, 15, 12)) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  timer(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.#now + Math.max(delayMs, 0), callback }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  /** Moves time forward; between two timers, pending promises settle. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    for (;;) {
      await new Promise(resolve => setImmediate(resolve))
      const next = [...this.#timers].filter(timer => timer.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#timers.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.callback()
    }
    this.#now = end
  }
}
