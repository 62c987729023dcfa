import type { ErrorRequestHandler, Response } from 'express'
import type { Telemetry } from '#core/contracts/telemetry.ts'
import { asHubError, HubError } from '#core/errors/hub-error.ts'
import type { ErrorCode } from '#core/errors/register.ts'

/** HTTP status of the codes that a caller can cause; everything else is the hub's own failure. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  INPUT_INVALID: 400,
  BODY_UNREADABLE: 400,
  NOT_SIGNED_IN: 401,
  NOT_ALLOWED: 403,
  NOT_FOUND: 404,
  CONNECTION_UNKNOWN: 404,
  STATE_CONFLICT: 409,
  BODY_TOO_LARGE: 413,
  MAPPING_CHANGED: 409,
  MAPPINGS_BROKEN: 422,
  MAPPING_CASES_FAILED: 422,
  TOO_MANY_FAILURES: 429,
}

export interface Problem {
  type: string
  title: string
  status: number
  detail?: string
  code: string
  instance: string
  /** What is wrong with a mapping, each with its place. */
  problems?: HubError['problems']
  /** Cases of a mapping that fail. */
  cases?: HubError['cases']
}

/** RFC 9457. What the hub does not know stays in the log: its detail may hold anything. */
export function problemOf(error: HubError, instance: string): Problem {
  const status = STATUS[error.code] ?? 500
  const detail = status === 500 ? '' : error.detail
  return {
    type: `urn:crossdock:problem:${error.code}`,
    title: error.publicMessage,
    status,
    ...(detail ? { detail } : {}),
    code: error.code,
    instance,
    ...(error.problems ? { problems: error.problems } : {}),
    ...(error.cases ? { cases: error.cases } : {}),
  }
}

export function sendProblem(response: Response, error: HubError, instance: string): void {
  const problem = problemOf(error, instance)
  if (error.retryAfterMs !== undefined)
    response.setHeader('retry-after', String(Math.ceil(error.retryAfterMs / 1_000)))
  if (problem.status === 401) response.setHeader('www-authenticate', 'Bearer realm="crossdock"')
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

/** The end of the router: every throw becomes a problem. */
export const createProblemHandler =
  ({ log }: Pick<Telemetry, 'log'>): ErrorRequestHandler =>
  (thrown: unknown, request, response, next) => {
    if (response.headersSent) return next(thrown)
    const error = fromExpress(thrown) ?? asHubError(thrown)
    const path = pathOf(request.originalUrl)
    if (problemOf(error, path).status === 500)
      log('error', 'api request failed', {
        method: request.method,
        path,
        code: error.code,
        detail: error.detail,
      })
    sendProblem(response, error, path)
  }

/** Without the query: it may carry a sign-in token. */
export const pathOf = (url: string): string => url.split('?', 1)[0] ?? url

/** What the body reader and the path decoder of Express throw. */
function fromExpress(thrown: unknown): HubError | null {
  if (thrown instanceof HubError || !(thrown instanceof Error) || !('status' in thrown)) return null
  if (thrown.status === 413) return new HubError('BODY_TOO_LARGE', { cause: thrown })
  if (typeof thrown.status === 'number' && thrown.status >= 400 && thrown.status < 500)
    return new HubError('INPUT_INVALID', { detail: thrown.message.slice(0, 200), cause: thrown })
  return null
}
