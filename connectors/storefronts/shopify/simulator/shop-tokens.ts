import type { Clock } from '../../../sdk/index.ts'
import type { Random } from './draw.ts'
import { drawnUuid } from './webhook.ts'

export interface ShopTokensOptions {
  clock: Clock
  random: Random
  /** Of the app. */
  clientId: string
  clientSecret: string
  scopes: readonly string[]
  /** Of an app that keeps one token for ever; renewing begins with `refreshToken`. */
  accessToken: string
  refreshToken: string
}

/** Offline access tokens of one shop. */
export interface ShopTokens {
  isLive(token: string): boolean
  /** `POST /admin/oauth/access_token`: a code for tokens, or a refresh token for the next pair. */
  exchange(form: Record<string, string>): { status: number; body: unknown }
  /** Ends every access token. */
  expire(): void
  given(): number
}

const LIFETIME_SECONDS = 3_600
const REFRESH_LIFETIME_SECONDS = 7_776_000

/**
 * Expiring tokens as Shopify gives them to whom asks with `expiring=1`: refresh tokens rotate, and the one before stays
 * good until the new one is used.
 */
export function createShopTokens(options: ShopTokensOptions): ShopTokens {
  const { clock, random } = options
  const ends = new Map<string, number>([[options.accessToken, Number.POSITIVE_INFINITY]])
  /** Refresh token → the one that it took the place of. */
  const refreshing = new Map<string, string | null>([[options.refreshToken, null]])
  let given = 0

  function pair(before: string | null, expiring: boolean) {
    given++
    const [access, refresh] = [`shpat_${hex(random)}`, `shprt_${hex(random)}`]
    ends.set(access, expiring ? clock.now() + LIFETIME_SECONDS * 1_000 : Number.POSITIVE_INFINITY)
    const scope = options.scopes.join(',')
    if (!expiring) return { access_token: access, scope }
    refreshing.set(refresh, before)
    return {
      access_token: access,
      scope,
      expires_in: LIFETIME_SECONDS,
      refresh_token: refresh,
      refresh_token_expires_in: REFRESH_LIFETIME_SECONDS,
    }
  }

  return {
    isLive: token => (ends.get(token) ?? 0) > clock.now(),
    exchange(form) {
      if (form['client_id'] !== options.clientId || form['client_secret'] !== options.clientSecret)
        return { status: 401, body: { error: 'invalid_client' } }
      if (form['grant_type'] !== 'refresh_token')
        return form['code']
          ? { status: 200, body: pair(null, form['expiring'] === '1') }
          : { status: 400, body: { error: 'invalid_request' } }
      const refresh = form['refresh_token'] ?? ''
      const before = refreshing.get(refresh)
      if (before === undefined) return { status: 400, body: { error: 'invalid_grant' } }
      if (before !== null) refreshing.delete(before)
      return { status: 200, body: pair(refresh, true) }
    },
    expire: () => ends.clear(),
    given: () => given,
  }
}

const hex = (random: Random): string => drawnUuid(random).replaceAll('-', '')
