/**
 * What the hub says about itself. One attempt writes exactly one record; the log line, the stored row, the metric
 * and the minute bucket are made from the same fields, so they cannot disagree.
 */
export interface Telemetry {
  attempt(record: AttemptRecord): void
  /** Adds to a counter of the register `core/health/metrics.ts`. */
  count(name: string, labels?: Labels, by?: number): void
  /** A duration in milliseconds or a size, into a histogram of the register. */
  observe(name: string, value: number, labels?: Labels): void
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>): void
}

export type Labels = Record<string, string>

export interface AttemptRecord {
  work: 'translate' | 'deliver'
  /** Message or delivery id. */
  id: string
  tenant: string
  /** The connection that counts it: source of a message, destination of a delivery. */
  connection: string
  flow?: string
  resource?: string
  topic?: string
  document?: string
  /** Document revision handled. */
  revision?: number
  phase: 'before-send' | 'send' | 'after-send'
  /** `done`, `skipped`, `stale`, `waiting`, `held` or an error code. */
  outcome: string
  /** Why it is skipped: an error code. */
  reason?: string
  recovery?: string
  detail?: string
  status?: number
  ms: number
  /** From receipt of the message to confirmation, on the attempt that confirmed. */
  latencyMs?: number
  /** The n-th attempt. */
  n: number
}
