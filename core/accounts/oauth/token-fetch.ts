import type { HttpClient, HttpResponse, OAuth } from '../../contracts/connector.ts'
import { HubError } from '../../errors/hub-error.ts'
import { retryAfterMs } from '../../kernel/retry-after.ts'

interface TokenFetchOptions {
  http: HttpClient
  auth: OAuth
  now: () => number
  newId: () => string
}

type Fetch = (
  url: string,
  init: { body: URLSearchParams; headers: Record<string, string> },
) => Promise<Response>

/**
 * `fetch` for the OAuth library through the hub's own client: host checks, time-outs, bounded answers. What partners do
 * differently from RFC 6749 is put right here, so that the library can be strict.
 */
export const createTokenFetch =
  ({ http, auth, now, newId }: TokenFetchOptions): Fetch =>
  async (url, { body, headers }) => {
    const { 'content-type': _, ...others } = headers
    const answer = await http.request({
      method: 'POST',
      url,
      headers: { ...others, ...auth.tokenHeaders?.(newId()) },
      body: auth.tokenRequest === 'json' ? Object.fromEntries(body) : body,
    })
    throwIfBusy(answer, now())
    return Response.json(normal(answer, now()), { status: answer.status })
  }

/** No verdict on the credentials: it is tried again, and the token at hand stays. */
function throwIfBusy({ status, headers }: HttpResponse, now: number): void {
  const rest = { status, detail: `HTTP ${status} from the token endpoint.` }
  if (status === 429)
    throw new HubError('PARTNER_THROTTLED', {
      ...rest,
      retryAfterMs: retryAfterMs(headers['retry-after'], now),
    })
  if (status === 408 || status >= 500) throw new HubError('PARTNER_FAILED', rest)
  if (status >= 300 && status < 400) throw new HubError('PARTNER_ANSWER_INVALID', rest)
}

function normal({ status, body }: HttpResponse, now: number): Record<string, unknown> {
  const said = recordOf(body)
  if (status >= 400) return { error: typeof said['error'] === 'string' ? said['error'] : 'invalid_grant' }
  const { access_token, refresh_token, expires_in, scope } = said
  const end = endOf(said)
  return {
    access_token,
    // Absent at Shopify, “User Access Token” at eBay: all are sent as a bearer's.
    token_type: 'bearer',
    ...(typeof refresh_token === 'string' && refresh_token !== '' ? { refresh_token } : {}),
    ...(typeof scope === 'string' ? { scope } : {}),
    ...(Number.isFinite(Number(expires_in)) && expires_in !== null
      ? { expires_in: Number(expires_in) }
      : end === null
        ? {}
        : { expires_in: Math.max(1, Math.floor((end - now) / 1_000)) }),
  }
}

/** An end instead of a lifetime: Square's `expires_at` (RFC 3339), Clover's `access_token_expiration` (seconds). */
function endOf({ expires_at, access_token_expiration }: Record<string, unknown>): number | null {
  const given = expires_at ?? access_token_expiration
  const ms = typeof given === 'number' ? given * 1_000 : typeof given === 'string' ? Date.parse(given) : NaN
  return Number.isFinite(ms) ? ms : null
}

/** Some answer JSON under another content type. */
function recordOf(body: unknown): Record<string, unknown> {
  if (typeof body !== 'string') return body && typeof body === 'object' ? { ...body } : {}
  try {
    return recordOf(JSON.parse(body) as object)
  } catch {
    return {}
  }
}
