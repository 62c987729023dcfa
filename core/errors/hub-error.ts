import type { Problem } from '../contracts/mapper.ts'
import { type ErrorCode, type ErrorRow, type Fault, REGISTER, type Recovery } from './register.ts'

export interface HubErrorOptions {
  /** One sentence about this case, safe to show: no secret, no personal data. */
  detail?: string
  cause?: unknown
  /** What the partner asked for (Retry-After), or when the circuit closes, milliseconds from now. */
  retryAfterMs?: number
  /** HTTP status of the partner, where there was one. */
  status?: number
  /** Only the path of the problem, for the fingerprint: the same for every case of the same origin. */
  fingerprint?: string
  /** Document id it is about, where the identity could be read all the same. */
  document?: string
  /** What is wrong with a mapping, each with its place. */
  problems?: readonly Problem[]
  /** Cases of a mapping that fail. */
  cases?: readonly FailedCase[]
  /** The rule that holds it back, and who is to decide. */
  hold?: Hold
}

export interface Hold {
  rule: string
  owner: string
  /** How long the owner has. */
  dueMs: number
  escalateTo?: string
}

export interface FailedCase {
  name: string
  ok: boolean
  differences: readonly string[]
}

/** The one error of the hub: a code of the register and what is known of the case. */
export class HubError extends Error {
  override readonly name = 'HubError'
  readonly code: ErrorCode
  readonly detail: string
  readonly retryAfterMs: number | undefined
  readonly status: number | undefined
  readonly fingerprint: string | undefined
  readonly document: string | undefined
  readonly problems: readonly Problem[] | undefined
  readonly cases: readonly FailedCase[] | undefined
  readonly hold: Hold | undefined

  constructor(code: ErrorCode, options: HubErrorOptions = {}) {
    super(options.detail ? `${REGISTER[code].message} ${options.detail}` : REGISTER[code].message, {
      cause: options.cause,
    })
    this.code = code
    this.detail = options.detail ?? ''
    this.retryAfterMs = options.retryAfterMs
    this.status = options.status
    this.fingerprint = options.fingerprint
    this.document = options.document
    this.problems = options.problems
    this.cases = options.cases
    this.hold = options.hold
  }

  get row(): ErrorRow {
    return REGISTER[this.code]
  }

  get recovery(): Recovery {
    return this.row.recovery
  }

  get fault(): Fault {
    return this.row.fault
  }

  get publicMessage(): string {
    return this.row.message
  }
}

/** Any thrown value as a `HubError`; what the hub does not know is `UNEXPECTED`, retried with a small budget. */
export function asHubError(thrown: unknown): HubError {
  if (thrown instanceof HubError) return thrown
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  return new HubError('UNEXPECTED', { detail: detail.slice(0, 300), cause: thrown })
}
