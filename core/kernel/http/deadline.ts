import type { GenericAbortSignal } from 'axios'
import { HubError } from '../../errors/hub-error.ts'
import type { Clock } from '../clock.ts'

/**
 * Ends a request that takes too long as a whole (connect and answer together), or that the caller gives up. Has just
 * the members of an `AbortSignal` that the HTTP adapter uses: the real one costs more than the rest of our call.
 */
export class Deadline implements GenericAbortSignal {
  /** Why it ended the request; undefined while it has not. */
  reason: HubError | undefined
  #onAbort: (() => void) | undefined
  readonly #cancelTimer: () => void
  readonly #caller: AbortSignal | undefined
  readonly giveUp = (): void => this.#end(new HubError('SHUTDOWN'))

  constructor(clock: Clock, timeoutMs: number, caller: AbortSignal | undefined) {
    this.#caller = caller
    this.#cancelTimer = clock.timer(timeoutMs, () =>
      this.#end(new HubError('PARTNER_TIMEOUT', { detail: `No whole answer within ${timeoutMs} ms.` })),
    )
    if (caller?.aborted) this.giveUp()
    else caller?.addEventListener('abort', this.giveUp, { once: true })
  }

  get aborted(): boolean {
    return this.reason !== undefined
  }

  addEventListener(_type: string, listener: () => void): void {
    this.#onAbort = listener
  }

  removeEventListener(): void {
    this.#onAbort = undefined
  }

  /** The request ended by itself. */
  clear(): void {
    this.#cancelTimer()
    this.#caller?.removeEventListener('abort', this.giveUp)
  }

  #end(reason: HubError): void {
    this.reason ??= reason
    this.#onAbort?.()
  }
}
