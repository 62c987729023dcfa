import type { HubError } from '#core/errors/hub-error.ts'
import type { ErrorCode } from '#core/errors/register.ts'
import { problemOf } from '../api/problem.ts'

const STATUS: Partial<Record<ErrorCode, number>> = {
  OAUTH_STATE_INVALID: 400,
  OAUTH_DENIED: 403,
  OAUTH_REFUSED: 502,
  OAUTH_APP_REFUSED: 502,
  PARTNER_FAILED: 502,
  PARTNER_UNREACHABLE: 502,
  PARTNER_ANSWER_INVALID: 502,
  PARTNER_TIMEOUT: 504,
  PARTNER_THROTTLED: 503,
}

/** HTTP status of a failure on these pages; Express's own errors (a body too long) bring theirs. */
export function statusOf(thrown: unknown, error: HubError): number {
  const own = (thrown as { status?: unknown }).status
  if (error.code === 'UNEXPECTED' && typeof own === 'number' && own >= 400 && own < 500) return own
  return STATUS[error.code] ?? problemOf(error, '').status
}
