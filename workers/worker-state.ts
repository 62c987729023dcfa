import type { Telemetry } from '#core/contracts/telemetry.ts'
import { asHubError, type HubError } from '#core/errors/hub-error.ts'
import type { Clock } from '#core/kernel/clock.ts'
import type { Report, Worker } from './worker.ts'

export interface WorkerHealth {
  name: string
  healthy: boolean
  /** Of the register where it fails, never the words of a driver: `/readyz` shows it to everybody. */
  detail: string
  /** How often it was started again. */
  restarts: number
  /** Since when it has been as it is, epoch milliseconds. */
  since: number
}

interface StateDeps {
  clock: Clock
  telemetry: Pick<Telemetry, 'log'>
}

/** How one worker is, as told by itself and its supervisor, and by the clock where it tells nothing. */
export class WorkerState implements Report {
  readonly #worker: Pick<Worker, 'name' | 'stallMs'>
  readonly #deps: StateDeps
  #fault: string | null = null
  #restarts = -1
  #since: number
  #lifeAt: number
  #failures = 0

  constructor(worker: Pick<Worker, 'name' | 'stallMs'>, deps: StateDeps) {
    this.#worker = worker
    this.#deps = deps
    this.#since = this.#lifeAt = deps.clock.now()
  }

  started(): void {
    this.#restarts++
    this.#failures = 0
    this.#become(null)
  }

  crashed(error: HubError): void {
    this.#become(error.publicMessage)
  }

  alive(): void {
    this.#lifeAt = this.#deps.clock.now()
  }

  /** Logged once per row of failures: a turn comes every second. */
  failed(thrown: unknown): void {
    const { code, detail, publicMessage } = asHubError(thrown)
    if (this.#failures++ === 0) this.#log('error', 'fails', { code, detail })
    this.#become(publicMessage)
  }

  succeeded(): void {
    if (this.#failures > 0) this.#log('info', 'is well again', { failures: this.#failures })
    this.#failures = 0
    this.#become(null)
  }

  health(): WorkerHealth {
    const { name, stallMs } = this.#worker
    const shared = { name, restarts: Math.max(0, this.#restarts) }
    const silentMs = this.#deps.clock.now() - this.#lifeAt
    if (this.#fault === null && stallMs !== undefined && silentMs >= stallMs) {
      const detail = `No sign of life for ${Math.floor(silentMs / 1_000)} s.`
      return { ...shared, healthy: false, detail, since: this.#lifeAt }
    }
    return {
      ...shared,
      healthy: this.#fault === null,
      detail: this.#fault ?? 'running',
      since: this.#since,
    }
  }

  #become(fault: string | null): void {
    this.alive()
    if (fault !== this.#fault) this.#since = this.#lifeAt
    this.#fault = fault
  }

  #log(level: 'info' | 'error', what: string, fields: Record<string, unknown>): void {
    this.#deps.telemetry.log(level, `worker ${this.#worker.name} ${what}`, fields)
  }
}
