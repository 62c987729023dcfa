import { HTTP_RESPONSES, type ResponseTable } from '../../sdk/index.ts'

interface EbayError {
  errorId?: number
  domain?: string
  message?: string
  longMessage?: string
  parameters?: unknown
}

/** When the day of a listing turns is not documented: it is asked now and then. */
const LISTING_REST_MS = 30 * 60_000

const errorsOf = (body: unknown): EbayError[] => {
  const { errors } = Object(body) as { errors?: unknown }
  return Array.isArray(errors) ? errors.filter(one => typeof one === 'object' && one !== null) : []
}

/** Number and domain; the sentence beside them may quote what was sent. */
export function firstError(body: unknown): string | undefined {
  const found = errorsOf(body).find(({ errorId }) => Number.isInteger(errorId))
  if (!found) return undefined
  const domain = /^[A-Za-z_]{1,40}$/.test(found.domain ?? '') ? ` (${found.domain})` : ''
  return `eBay says error ${found.errorId}${domain}.`
}

const hasError =
  (...ids: number[]) =>
  (body: unknown): boolean =>
    errorsOf(body).some(({ errorId }) => ids.includes(Number(errorId)))

/**
 * A listing was revised 250 times today. The Trading API has a number for it; the Inventory API passes it on in the words of a
 * general one.
 */
const isRevisedOut = (body: unknown): boolean =>
  errorsOf(body).some(
    ({ errorId, message, longMessage, parameters }) =>
      errorId === 21_919_165 ||
      /21919165|\brevi[sz].*\b(250|maximum|calendar day|per day|daily)\b/i.test(
        JSON.stringify([message, longMessage, parameters]),
      ),
  )

/** https://developer.ebay.com/api-docs/static/handling-error-messages.html */
export const responses: ResponseTable = [
  {
    status: '4xx',
    body: isRevisedOut,
    code: 'DAILY_LIMIT_SPENT',
    restMs: LISTING_REST_MS,
    detail: firstError,
  },
  // The app has used up its calls; also seen with a status of its own.
  { status: 'any', body: hasError(2001, 18_001), code: 'PARTNER_THROTTLED', detail: firstError },
  { status: 401, code: 'UNAUTHORIZED', detail: firstError },
  { status: 403, code: 'UNAUTHORIZED', detail: firstError },
  // “This offer is not available”: the SKU has no offer made with the Inventory API.
  {
    status: 404,
    body: hasError(25_713),
    code: 'PARTNER_REFUSED',
    fingerprint: 'no-offer',
    detail: firstError,
  },
  { status: 404, code: 'PARTNER_REFUSED', fingerprint: 'not-found', detail: firstError },
  { status: 409, code: 'PARTNER_CONFLICT', detail: firstError },
  { status: 408, code: 'PARTNER_TIMEOUT' },
  { status: 429, code: 'PARTNER_THROTTLED', detail: firstError },
  { status: '4xx', code: 'PARTNER_REFUSED', detail: firstError },
  { status: '5xx', code: 'PARTNER_FAILED', detail: firstError },
  ...HTTP_RESPONSES,
]

/** RFC 6749: 400 is a refused grant, 401 an app that eBay does not know. */
export const tokenResponses: ResponseTable = [
  { status: 400, code: 'UNAUTHORIZED', detail: oauthWord },
  { status: 401, code: 'UNAUTHORIZED', detail: oauthWord },
  ...responses,
]

function oauthWord(body: unknown): string | undefined {
  const { error } = Object(body) as { error?: unknown }
  return typeof error === 'string' && /^[\w.-]{1,60}$/.test(error)
    ? `The token endpoint says “${error}”.`
    : undefined
}
