import type { Clock } from '#core/kernel/clock.ts'

const TICK_MS = 4
/** A tick that comes this late was held up, and so was everybody else. */
const LATE_MS = 12

interface Timer {
  at: number
  delayMs: number
  callback: () => void
}

/**
 * A clock on which waiting costs nothing: as soon as nobody works any more, time jumps to the next timer. A pause of a
 * minute or a time-out of thirty seconds is over in a blink, and in the order in which it would have happened.
 */
export class HurriedClock implements Clock {
  #now: number
  #quiet = 0
  #ticked = performance.now()
  readonly #timers = new Set<Timer>()
  readonly #handle: NodeJS.Timeout
  readonly #patience: () => number

  /** `patience`: so many quiet ticks in a row mean that everybody waits for time to pass; infinite while somebody works. */
  constructor(now: number, patience: () => number) {
    this.#now = now
    this.#patience = patience
    this.#handle = setInterval(() => this.#tick(), TICK_MS)
  }

  now(): number {
    return this.#now
  }

  /** Whether a timer of such a length runs. */
  isRunning(isSuch: (delayMs: number) => boolean): boolean {
    return [...this.#timers].some(({ delayMs }) => isSuch(delayMs))
  }

  timer(delayMs: number, callback: () => void): () => void {
    const timer = { at: this.#now + Math.max(delayMs, 0), delayMs, callback }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  /** Moves time forward at once; what is due rings in order. */
  jump(ms: number): void {
    const end = this.#now + ms
    for (let next = this.#next(); next && next.at <= end; next = this.#next()) this.#ring(next)
    this.#now = end
  }

  stop(): void {
    clearInterval(this.#handle)
    this.#timers.clear()
  }

  #tick(): void {
    const late = performance.now() - this.#ticked > LATE_MS
    this.#ticked = performance.now()
    const patience = this.#patience()
    this.#quiet = late || patience === Number.POSITIVE_INFINITY ? 0 : this.#quiet + 1
    const next = this.#next()
    if (!next || this.#quiet < patience) return
    this.#quiet = 0
    this.#ring(next)
  }

  #next(): Timer | undefined {
    return [...this.#timers].sort((a, b) => a.at - b.at)[0]
  }

  #ring(timer: Timer): void {
    this.#timers.delete(timer)
    this.#now = Math.max(this.#now, timer.at)
    timer.callback()
  }
}
