import { HubError } from '../../errors/hub-error.ts'

export interface OutageListeners {
  /** Once per outage, whatever else fails in it. */
  onOutage?: (error: HubError) => void
  onRecovery?: () => void
}

/** Turns a thousand failures into one line. */
export class Outage {
  readonly #listeners: OutageListeners
  #lasts = false

  constructor(listeners: OutageListeners) {
    this.#listeners = listeners
  }

  begin(thrown: unknown): void {
    if (this.#lasts) return
    this.#lasts = true
    this.#listeners.onOutage?.(asQueueError(thrown))
  }

  end(): void {
    if (!this.#lasts) return
    this.#lasts = false
    this.#listeners.onRecovery?.()
  }
}

/** Redis begins the message of a refusal with its code: `NOAUTH …`, `OOM …`. */
const REPLY_CODE = /^[A-Z]{2,}(?= )/

const replyCode = (thrown: unknown): string | undefined =>
  thrown instanceof Error ? REPLY_CODE.exec(thrown.message)?.[0] : undefined

/** Without the cause: an error of the client carries its command, and that of AUTH is the password. */
export function asQueueError(thrown: unknown): HubError {
  if (thrown instanceof HubError) return thrown
  const { code, name } = Object(thrown) as { code?: unknown; name?: unknown }
  const what = replyCode(thrown) ?? (typeof code === 'string' ? code : String(name ?? 'Unknown'))
  return new HubError('QUEUE_UNAVAILABLE', { detail: `${what}.` })
}

export const isRefusal = (thrown: unknown): boolean =>
  ['NOAUTH', 'WRONGPASS', 'NOPERM'].includes(replyCode(thrown) ?? '')
