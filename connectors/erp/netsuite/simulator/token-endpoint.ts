import { constants, type KeyObject, verify } from 'node:crypto'
import type { Reply, Route } from '../../../sdk/testkit/serve-partner.ts'

export interface TokenEndpointOptions {
  now(): number
  clientId: string
  certificateId: string
  publicKey: KeyObject
}

const LIFETIME_SECONDS = 3_600

/** The token endpoint of an account: checks the assertion as NetSuite does, and gives tokens of an hour. */
export class TokenEndpoint {
  readonly #options: TokenEndpointOptions
  readonly #live = new Map<string, number>()
  given = 0

  constructor(options: TokenEndpointOptions) {
    this.#options = options
  }

  accepts(authorization: string | undefined): boolean {
    const end = this.#live.get(authorization?.replace(/^Bearer /, '') ?? '')
    return end !== undefined && end > this.#options.now()
  }

  endAll(): void {
    this.#live.clear()
  }

  readonly route: Route = {
    method: 'POST',
    path: /^\/services\/rest\/auth\/oauth2\/v1\/token$/,
    answer: ({ body, origin, path }) => this.#answer(body as URLSearchParams, `${origin}${path}`),
  }

  #answer(form: URLSearchParams, audience: string): Reply {
    const isAsked =
      form.get('grant_type') === 'client_credentials' &&
      form.get('client_assertion_type') === 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
    if (!isAsked) return { status: 400, body: { error: 'invalid_request' } }
    if (!this.#proves(form.get('client_assertion') ?? '', audience))
      return { status: 400, body: { error: 'invalid_client' } }
    const token = `simulated-netsuite-token-${++this.given}`
    this.#live.set(token, this.#options.now() + LIFETIME_SECONDS * 1_000)
    return {
      status: 200,
      body: { access_token: token, token_type: 'bearer', expires_in: String(LIFETIME_SECONDS) },
    }
  }

  #proves(assertion: string, audience: string): boolean {
    const [header = '', payload = '', signature = ''] = assertion.split('.')
    const { clientId, certificateId, publicKey } = this.#options
    const [head, claims] = [header, payload].map(part =>
      JSON.parse(Buffer.from(part, 'base64url').toString()),
    )
    const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
    return (
      head.alg === 'PS256' &&
      head.typ === 'JWT' &&
      head.kid === certificateId &&
      claims.iss === clientId &&
      claims.scope === 'rest_webservices' &&
      new URL(claims.aud).pathname === new URL(audience).pathname &&
      claims.exp - claims.iat < 3_600 &&
      verify(
        'sha256',
        Buffer.from(`${header}.${payload}`),
        { key: publicKey, ...padding },
        Buffer.from(signature, 'base64url'),
      )
    )
  }
}
