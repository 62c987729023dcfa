import { HubError } from '../errors/hub-error.ts'
import type { Clock } from '../kernel/clock.ts'

export interface Patience {
  dueBy: number
  signal?: AbortSignal
}

type Pause = (ms: number) => Promise<void>

/** One after the other, in order of arrival. The one whose turn it is may pause; a wake-up or its signal ends the pause. */
export class WaitingLine {
  readonly #clock: Clock
  readonly #onEmpty: () => void
  #length = 0
  #last: Promise<unknown> = Promise.resolve()
  #endPause: (() => void) | undefined

  constructor(clock: Clock, onEmpty: () => void) {
    this.#clock = clock
    this.#onEmpty = onEmpty
  }

  /** Runs the turn when all before it are through. Gives up as `BUDGET_SPENT` or `SHUTDOWN` even while others are before it. */
  async inTurn<T>(turn: (pause: Pause) => Promise<T>, patience: Patience): Promise<T> {
    const left = Promise.withResolvers<void>()
    const before = this.#last
    this.#last = before.then(() => left.promise)
    this.#length += 1
    try {
      if (this.#length > 1) await this.#within(before, patience)
      return await turn(ms => this.#pause(ms, patience.signal))
    } finally {
      left.resolve()
      this.#length -= 1
      if (this.#length === 0) this.#onEmpty()
    }
  }

  wake(): void {
    this.#endPause?.()
  }

  #within(before: Promise<unknown>, { dueBy, signal }: Patience): Promise<void> {
    const leftMs = dueBy - this.#clock.now()
    return this.#bounded(signal, end => {
      void before.then(() => end())
      return this.#clock.timer(leftMs, () => end(new HubError('BUDGET_SPENT', { retryAfterMs: AGAIN_MS })))
    })
  }

  async #pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
    try {
      await this.#bounded(signal, end => {
        this.#endPause = end
        return this.#clock.timer(ms, end)
      })
    } finally {
      this.#endPause = undefined
    }
  }

  /** A promise that ends once, cleans up after itself, and ends at once with `SHUTDOWN` when the signal aborts. */
  #bounded(
    signal: AbortSignal | undefined,
    begin: (end: (error?: HubError) => void) => () => void,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = () => end(new HubError('SHUTDOWN'))
      const end = (error?: HubError) => {
        cancel()
        signal?.removeEventListener('abort', onAbort)
        if (error) reject(error)
        else resolve()
      }
      const cancel = begin(end)
      if (signal?.aborted) onAbort()
      else signal?.addEventListener('abort', onAbort, { once: true })
    })
  }
}

/** Nobody can say when it is the turn of one who stood in a line that did not move. */
const AGAIN_MS = 5_000
