import { HTTP_RESPONSES, type ResponseTable } from '../../sdk/index.ts'

interface SquareError {
  category?: unknown
  code?: unknown
  field?: unknown
}

export const errorsIn = (body: unknown): SquareError[] => {
  const { errors } = Object(body) as { errors?: unknown }
  return Array.isArray(errors) ? errors.filter(error => typeof error === 'object' && error !== null) : []
}

const has =
  (...codes: string[]) =>
  (body: unknown): boolean =>
    errorsIn(body).some(({ code }) => codes.includes(String(code)))

/** Codes and names of fields; Square's `detail` quotes what was sent. */
function firstError(body: unknown): string | undefined {
  const [error] = errorsIn(body)
  const code = /^[A-Z0-9_]{1,60}$/.exec(String(error?.code ?? ''))?.[0]
  const field = /^[\w.[\]]{1,100}$/.exec(String(error?.field ?? ''))?.[0]
  return code && (field ? `${code} at ${field}.` : `${code}.`)
}

/** https://developer.squareup.com/docs/build-basics/general-considerations/handling-errors */
export const responses: ResponseTable = [
  {
    status: 'any',
    body: has('ACCESS_TOKEN_EXPIRED', 'ACCESS_TOKEN_REVOKED', 'UNAUTHORIZED', 'INSUFFICIENT_SCOPES'),
    code: 'UNAUTHORIZED',
    detail: firstError,
  },
  { status: 'any', body: has('RATE_LIMITED'), code: 'PARTNER_THROTTLED' },
  // Somebody changed the order since it was read: read again.
  { status: 'any', body: has('VERSION_MISMATCH', 'CONFLICT'), code: 'PARTNER_CONFLICT', detail: firstError },
  { status: 404, code: 'PARTNER_REFUSED', fingerprint: 'NOT_FOUND', detail: firstError },
  { status: 400, code: 'PARTNER_REFUSED', detail: firstError },
  { status: 422, code: 'PARTNER_REFUSED', detail: firstError },
  // A batch that was refused in part.
  { status: '2xx', code: 'PARTNER_REFUSED', detail: firstError },
  ...HTTP_RESPONSES,
]
