import { HTTP_RESPONSES, type ResponseTable } from '../../sdk/index.ts'

interface ApiError {
  code: string
  message?: string
  details?: string
}

/** `errors` of an SP-API answer; an empty list for everything else. */
export function errorsOf(body: unknown): ApiError[] {
  const errors = typeof body === 'object' && body !== null ? (body as { errors?: unknown }).errors : undefined
  return Array.isArray(errors) ? (errors as ApiError[]) : []
}

const hasCode = (code: string) => (body: unknown) => errorsOf(body).some(error => error.code === code)

/** The code alone: messages and details repeat what was sent, addresses of buyers too. */
const codeOf = (body: unknown) => errorsOf(body)[0]?.code?.slice(0, 80)

/** A token that has ended is refused with 403, not 401: https://developer-docs.amazon.com/sp-api/docs/sp-api-errors-faq */
export const refusesToken = ({ status, body }: { status: number; body: unknown }): boolean =>
  status === 401 ||
  (status === 403 &&
    errorsOf(body).some(({ code, message, details }) =>
      /token.{0,40}(expired|revoked|invalid)|expired.{0,40}token/i.test(`${code} ${message} ${details}`),
    ))

/** https://developer-docs.amazon.com/sp-api/docs/sp-api-errors-faq */
export const responses: ResponseTable = [
  { status: 429, code: 'PARTNER_THROTTLED', detail: codeOf },
  // Also a role that the app lacks: the merchant or the developer has to act, the work is kept.
  { status: 403, code: 'UNAUTHORIZED', detail: codeOf },
  { status: 401, code: 'UNAUTHORIZED', detail: codeOf },
  { status: 400, body: hasCode('QuotaExceeded'), code: 'PARTNER_THROTTLED', detail: codeOf },
  { status: 503, code: 'PARTNER_FAILED', detail: codeOf },
  { status: '5xx', code: 'PARTNER_FAILED', detail: codeOf },
  { status: 409, code: 'PARTNER_CONFLICT', detail: codeOf },
  { status: 408, code: 'PARTNER_TIMEOUT' },
  { status: '4xx', code: 'PARTNER_REFUSED', detail: codeOf },
  ...HTTP_RESPONSES,
]

/** Login with Amazon answers as RFC 6749 does. */
export const loginResponses: ResponseTable = [
  { status: 400, code: 'UNAUTHORIZED', detail: oauthError },
  ...HTTP_RESPONSES,
]

function oauthError(body: unknown): string | undefined {
  const error = typeof body === 'object' && body !== null ? (body as { error?: unknown }).error : undefined
  return typeof error === 'string' ? error.slice(0, 80) : undefined
}

/** The address of a document ends after minutes (403): asking again brings a new one. */
export const documentResponses: ResponseTable = [
  { status: 403, code: 'PARTNER_FAILED', detail: () => 'The address of the document has ended.' },
  { status: 404, code: 'PARTNER_FAILED', detail: () => 'The document is not at its address.' },
  ...HTTP_RESPONSES,
]
