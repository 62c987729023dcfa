import { HTTP_RESPONSES, HubError, type ResponseTable } from '../../sdk/index.ts'

/** The error code of a REST answer: `{ code, message, data: { status } }`. */
export function codeOf(body: unknown): string {
  const code = typeof body === 'object' && body !== null ? (body as { code?: unknown }).code : undefined
  return typeof code === 'string' || typeof code === 'number' ? String(code) : ''
}

/** Firewalls, security plugins and maintenance pages answer in place of WooCommerce. */
const isPage = (body: unknown): boolean =>
  typeof body === 'string' && /^\s*<(?:!doctype|html|head|body)/i.test(body)

const isGoneCode = (body: unknown): boolean => /_invalid_id$|_invalid_parent$/.test(codeOf(body))

/** Messages may name customers (“an account with this e-mail exists”), codes never do. */
const detail = (body: unknown): string | undefined => codeOf(body).slice(0, 100) || undefined

const GONE = 'gone'

/** What was asked for by its id is not, or no longer, in the shop. */
export const isGone = (error: unknown): boolean => error instanceof HubError && error.fingerprint === GONE

/** https://woocommerce.github.io/woocommerce-rest-api-docs/#errors */
export const responses: ResponseTable = [
  { status: 401, code: 'UNAUTHORIZED', detail },
  {
    status: 403,
    body: isPage,
    code: 'UNAUTHORIZED',
    detail: () => 'A firewall or security plugin answers in place of WooCommerce: let the hub through.',
    fingerprint: 'firewall',
  },
  { status: 403, code: 'UNAUTHORIZED', detail },
  {
    status: 404,
    body: body => isPage(body) || codeOf(body) === 'rest_no_route',
    code: 'UNAUTHORIZED',
    detail: () =>
      'There is no WooCommerce REST API at this address: permalinks are “plain”, or the plugin is off.',
    fingerprint: 'no-api',
  },
  { status: 404, body: isGoneCode, code: 'PARTNER_REFUSED', detail, fingerprint: GONE },
  // The batch and stock endpoints say so with 400.
  { status: 400, body: isGoneCode, code: 'PARTNER_REFUSED', detail, fingerprint: GONE },
  { status: 429, code: 'PARTNER_THROTTLED' },
  { status: 408, code: 'PARTNER_TIMEOUT' },
  { status: 409, code: 'PARTNER_CONFLICT', detail },
  { status: '4xx', code: 'PARTNER_REFUSED', detail },
  ...HTTP_RESPONSES,
]
