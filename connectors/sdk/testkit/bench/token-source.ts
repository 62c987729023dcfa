import type { ConnectionView, HttpClient, OAuth } from '#core/contracts/connector.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { privateKeyProof } from '#core/kernel/private-key-proof.ts'

export interface TokenSource {
  token(refused?: string): Promise<string>
  /** Every token and refresh token that ever was in use. */
  seen(): readonly string[]
}

interface TokenSourceOf {
  connection: ConnectionView
  auth: OAuth | null
  http: HttpClient
  now(): number
}

interface Tokens {
  access: string | null
  refresh: string | null
  endsAt: number
}

/** As the hub gives connectors their token: the secret `accessToken`, renewed by the manifest's declaration, once for all who ask. */
export function createTokenSource({ connection, auth, http, now }: TokenSourceOf): TokenSource {
  const { accessToken, refreshToken } = connection.secrets
  let tokens: Tokens = {
    access: accessToken?.[0] ?? null,
    refresh: refreshToken?.[0] ?? null,
    endsAt: Number.POSITIVE_INFINITY,
  }
  const seen = new Set<string>()
  let renewing: Promise<void> | null = null
  const remember = () => {
    for (const one of [tokens.access, tokens.refresh]) if (one) seen.add(one)
  }
  remember()

  async function renew(declared: OAuth): Promise<void> {
    const answer = await http.request(await tokenRequest(declared, connection, tokens.refresh))
    const body = answer.body as Record<string, unknown> | null
    const access = body?.['access_token']
    if (answer.status !== 200 || typeof access !== 'string')
      throw new HubError('UNAUTHORIZED', { detail: `HTTP ${answer.status} from the token endpoint.` })
    const next = body?.['refresh_token']
    const lifetime = Number(body?.['expires_in'] ?? declared.lifetimeSeconds ?? Number.POSITIVE_INFINITY)
    tokens = {
      access,
      refresh: typeof next === 'string' ? next : tokens.refresh,
      endsAt: now() + (lifetime - (declared.refreshBeforeSeconds ?? 60)) * 1_000,
    }
    remember()
  }

  return {
    seen: () => [...seen],
    async token(refused) {
      const live = tokens.access !== null && tokens.access !== refused && now() < tokens.endsAt
      if (!live) {
        if (!auth) throw new HubError('UNAUTHORIZED', { detail: 'The connection has no other access token.' })
        renewing ??= renew(auth).finally(() => {
          renewing = null
        })
        await renewing
      }
      return tokens.access!
    },
  }
}

async function tokenRequest(auth: OAuth, { settings, secrets }: ConnectionView, refresh: string | null) {
  if (auth.grant === 'authorization-code' && refresh === null)
    throw new HubError('UNAUTHORIZED', { detail: 'There is no refresh token.' })
  const [id, secret] = [secrets['clientId']?.[0] ?? '', secrets['clientSecret']?.[0] ?? '']
  const body = new URLSearchParams({
    ...(refresh === null
      ? { grant_type: 'client_credentials', scope: auth.scopes.join(auth.scopeSeparator ?? ' ') }
      : { grant_type: 'refresh_token', refresh_token: refresh }),
    ...auth.tokenParams,
    ...(auth.clientAuth && auth.clientAuth !== 'body' ? {} : { client_id: id, client_secret: secret }),
  })
  if (auth.clientKey) await signed(body, auth, { settings, secrets })
  const basic = `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`
  const headers: Record<string, string> = auth.clientAuth === 'basic' ? { authorization: basic } : {}
  return { method: 'POST', url: auth.tokenUrl(settings), headers, body } as const
}

/** Puts the app's assertion into the request. */
async function signed(
  body: URLSearchParams,
  { clientKey, tokenUrl }: OAuth,
  { settings, secrets }: Pick<ConnectionView, 'settings' | 'secrets'>,
): Promise<void> {
  const audience = tokenUrl(settings)
  const [pem = '', keyId] = [secrets[clientKey!.secret]?.[0], secrets[clientKey!.idSecret]?.[0]]
  const prove = privateKeyProof({ pem, keyId, audience, claims: clientKey!.claims })
  await prove({ issuer: audience }, { client_id: secrets['clientId']?.[0] ?? '' }, body, new Headers())
}
