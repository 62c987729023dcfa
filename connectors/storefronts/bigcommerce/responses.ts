import {
  HTTP_RESPONSES,
  type HttpResponse,
  HubError,
  type ResponseTable,
  retryAfterMs,
} from '../../sdk/index.ts'

const GONE = 'gone'

/** What was asked for by its id is not, or no longer, in the store. */
export const isGone = (error: unknown): boolean => error instanceof HubError && error.fingerprint === GONE

/** Names of fields are ours to tell; what is said about them may quote a buyer. */
const fields = (body: unknown): string | undefined => {
  const of = Array.isArray(body) ? (body[0] as unknown) : body
  if (typeof of !== 'object' || of === null) return undefined
  const { errors, details } = of as { errors?: unknown; details?: unknown }
  const named = [errors, details].find(one => typeof one === 'object' && one !== null && !Array.isArray(one))
  const names = Object.keys(named ?? {}).filter(name => /^[\w.[\]-]{1,60}$/.test(name))
  return names.length > 0 ? `It names ${names.slice(0, 5).join(', ')}.` : undefined
}

/**
 * V2 answers `[{ status, message, details }]`, V3 `{ status, title, type, errors }`.
 * https://developer.bigcommerce.com/docs/start/best-practices/api-status-codes
 */
export const responses: ResponseTable = [
  { status: 404, code: 'PARTNER_REFUSED', detail: fields, fingerprint: GONE },
  // A product page of the same name, a webhook of the same scope, an order that is being edited.
  { status: 409, code: 'PARTNER_CONFLICT', detail: fields },
  { status: 422, code: 'PARTNER_REFUSED', detail: fields },
  { status: 429, code: 'PARTNER_THROTTLED' },
  // The store is down for maintenance, moved or suspended: 503; its storage is full: 507.
  { status: 503, code: 'PARTNER_FAILED', fingerprint: 'maintenance' },
  { status: 507, code: 'PARTNER_FAILED', fingerprint: 'storage' },
  ...HTTP_RESPONSES,
]

/** BigCommerce's own spelling of `Retry-After`: milliseconds until the window begins anew. */
export const withRetryAfter = (response: HttpResponse, now: number): HttpResponse => {
  const reset = Number(response.headers['x-rate-limit-time-reset-ms'])
  if (
    response.status !== 429 ||
    !(reset > 0) ||
    retryAfterMs(response.headers['retry-after'], now) !== undefined
  )
    return response
  return { ...response, headers: { ...response.headers, 'retry-after': String(Math.ceil(reset / 1_000)) } }
}
