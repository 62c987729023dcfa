import * as oauth from 'oauth4webapi'
import type { HttpClient, OAuth } from '../../contracts/connector.ts'
import { HubError } from '../../errors/hub-error.ts'
import type { Clock } from '../../kernel/clock.ts'
import { allowedHosts } from '../../kernel/http/allowed-hosts.ts'
import { privateKeyProof } from '../../kernel/private-key-proof.ts'
import type { App } from './apps.ts'
import { createTokenFetch } from './token-fetch.ts'
import type { TokenSet } from './token-set.ts'

/** RFC 6749: a code that the merchant's agreement gave, a refresh token, or the app alone. */
export type Grant =
  | { type: 'authorization_code'; code: string; redirectUri: string; verifier?: string }
  | { type: 'refresh_token'; refreshToken: string }
  | { type: 'client_credentials' }

export interface TokenRequest {
  auth: OAuth
  settings: Readonly<Record<string, unknown>>
  app: App
  grant: Grant
}

/**
 * Asks the partner for tokens. `OAUTH_REFUSED`: it will not give any; `OAUTH_APP_REFUSED`: it does not know the app;
 * what has no verdict in it (a network fault, a server error, a throttle) throws as it does for every call.
 */
export type AskForTokens = (request: TokenRequest) => Promise<TokenSet>

export interface TokenEndpointDeps {
  http: HttpClient
  clock: Clock
  newId: () => string
  /** Hosts that may be spoken to without TLS: simulators and tests. */
  allowPrivateHosts: readonly string[]
}

export function createTokenEndpoint({
  http,
  clock,
  newId,
  allowPrivateHosts,
}: TokenEndpointDeps): AskForTokens {
  const isPrivate = allowedHosts(allowPrivateHosts)

  async function askAs(index: number, { auth, settings, app, grant }: TokenRequest): Promise<TokenSet> {
    const url = new URL(auth.tokenUrl(settings))
    const server = { issuer: url.origin, token_endpoint: url.href }
    const client = { client_id: app.clientId }
    const proof = proofOf({ auth, app, index, audience: url.href })
    const response = await oauth.genericTokenEndpointRequest(
      ...([server, client, proof, grant.type, parametersOf(auth, settings, grant)] as const),
      {
        [oauth.customFetch]: createTokenFetch({ http, auth, now: () => clock.now(), newId }) as never,
        [oauth.allowInsecureRequests]: isPrivate.byName(url.hostname, Number(url.port)),
      },
    )
    const given = await oauth.processGenericTokenEndpointResponse(server, client, response)
    const seconds = given.expires_in ?? auth.lifetimeSeconds
    return {
      accessToken: given.access_token,
      refreshToken: given.refresh_token,
      ...(seconds === undefined ? {} : { endsAt: clock.now() + seconds * 1_000 }),
    }
  }

  return async request => {
    const { clientSecrets } = request.app
    for (const index of clientSecrets.keys()) {
      try {
        return await askAs(index, request)
      } catch (thrown) {
        const error = meaningOf(thrown)
        // While the app's secret is rotated, the partner may still take the older one only.
        if (error.code !== 'OAUTH_APP_REFUSED' || index === clientSecrets.length - 1) throw error
      }
    }
    throw new HubError('OAUTH_APP_REFUSED', { detail: 'The app has no client secret.' })
  }
}

interface ProofOf {
  auth: OAuth
  app: App
  /** Which of the app's live secrets. */
  index: number
  audience: string
}

function proofOf({ auth, app, index, audience }: ProofOf): oauth.ClientAuth {
  const secret = app.clientSecrets[index]!
  if (auth.clientAuth === 'private-key-jwt')
    return privateKeyProof({
      pem: secret,
      keyId: app.keyIds?.[index],
      audience,
      claims: auth.clientKey?.claims,
    })
  return auth.clientAuth === 'basic' ? basicProof(secret) : oauth.ClientSecretPost(secret)
}

/**
 * RFC 6749 §2.3.1, escaping only what has to be. The library's own escapes `-`, `_` and `.` too, which decodes to the same,
 * but eBay's ids are full of them and not every partner decodes.
 */
const basicProof =
  (clientSecret: string): oauth.ClientAuth =>
  (_server, { client_id: id }, _body, headers) => {
    const proof = `${encodeURIComponent(id)}:${encodeURIComponent(clientSecret)}`
    headers.set('authorization', `Basic ${Buffer.from(proof).toString('base64')}`)
  }

function parametersOf(
  auth: OAuth,
  settings: Readonly<Record<string, unknown>>,
  grant: Grant,
): URLSearchParams {
  const { tokenParams, scopes, scopeSeparator = ' ' } = auth
  const fixed = { ...tokenParams, ...auth.tokenParamsOf?.(settings) }
  const of = (own: Record<string, string>) => new URLSearchParams({ ...fixed, ...own })
  switch (grant.type) {
    case 'authorization_code':
      return of({
        code: grant.code,
        redirect_uri: grant.redirectUri,
        ...(grant.verifier === undefined ? {} : { code_verifier: grant.verifier }),
      })
    case 'refresh_token':
      return of({ refresh_token: grant.refreshToken })
    case 'client_credentials':
      return of(scopes.length > 0 ? { scope: scopes.join(scopeSeparator) } : {})
  }
}

/** RFC 6749 §5.2: these two are about the app, all others about what the merchant gave. */
const ABOUT_THE_APP = ['invalid_client', 'unauthorized_client']

function meaningOf(thrown: unknown): HubError {
  if (thrown instanceof HubError) return thrown
  if (thrown instanceof oauth.ResponseBodyError) {
    const code = ABOUT_THE_APP.includes(thrown.error) ? 'OAUTH_APP_REFUSED' : 'OAUTH_REFUSED'
    // Only the word of the register: a description may quote what was sent.
    return new HubError(code, { detail: `The token endpoint answered “${wordOf(thrown.error)}”.` })
  }
  const { code = 'unknown' } = thrown as { code?: string }
  return new HubError('PARTNER_ANSWER_INVALID', {
    detail: `The token endpoint’s answer cannot be understood (${code}).`,
  })
}

const wordOf = (error: string): string => (/^[\w.-]{1,60}$/.test(error) ? error : 'an unknown error')
