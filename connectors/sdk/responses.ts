import type { HttpResponse } from '#core/contracts/connector.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { ErrorCode } from '#core/errors/register.ts'
import { retryAfterMs } from '#core/kernel/retry-after.ts'

/** One row: an answer that fits `status` and `body` means `code`. */
export interface ResponseRule {
  /** Exact, a class (`4xx`), or `any`. */
  readonly status: number | '2xx' | '3xx' | '4xx' | '5xx' | 'any'
  /** Looks at the parsed body (or the text); absent: every body fits. */
  readonly body?: (body: unknown) => boolean
  readonly code: ErrorCode
  /** One sentence from the answer for the operator: no secret, no personal data. */
  readonly detail?: (body: unknown) => string | undefined
  /** Becomes the error's fingerprint, where one code has origins that must not be grouped. */
  readonly fingerprint?: string
  /** How long to rest where the answer does not say, milliseconds. */
  readonly restMs?: number
}

/** Read from the top; the first row that fits wins. */
export type ResponseTable = readonly ResponseRule[]

/** What HTTP itself says (RFC 9110); put a partner's own rows before these. */
export const HTTP_RESPONSES: ResponseTable = [
  { status: 401, code: 'UNAUTHORIZED' },
  { status: 403, code: 'UNAUTHORIZED' },
  { status: 408, code: 'PARTNER_TIMEOUT' },
  { status: 409, code: 'PARTNER_CONFLICT' },
  { status: 429, code: 'PARTNER_THROTTLED' },
  { status: '5xx', code: 'PARTNER_FAILED' },
  { status: '3xx', code: 'PARTNER_REDIRECTED' },
  { status: '4xx', code: 'PARTNER_REFUSED' },
]

/**
 * The error that an answer means. An answer that no row knows is `PARTNER_ANSWER_INVALID`: retried with a small budget,
 * never passed over. `Retry-After` (seconds or a date) is kept in `retryAfterMs`, the status in `status`.
 */
export function errorFor(table: ResponseTable, response: HttpResponse, now: number): HubError {
  const rule = table.find(row => fits(row, response))
  return new HubError(rule?.code ?? 'PARTNER_ANSWER_INVALID', {
    detail: [`HTTP ${response.status}.`, rule?.detail?.(response.body)].filter(Boolean).join(' '),
    status: response.status,
    fingerprint: rule?.fingerprint,
    retryAfterMs: retryAfterMs(response.headers['retry-after'], now) ?? rule?.restMs,
  })
}

function fits({ status, body }: ResponseRule, response: HttpResponse): boolean {
  const right =
    status === 'any' ||
    (typeof status === 'number' ? status === response.status : status[0] === String(response.status)[0])
  return right && (!body || body(response.body))
}
