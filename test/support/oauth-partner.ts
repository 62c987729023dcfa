import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Connector, Manifest, OAuth } from '#core/contracts/connector.ts'

export const CLIENT_ID = 'hub-app'
export const CLIENT_SECRET = 'app-secret-2'

export interface OAuthPartner {
  url: string
  /** Bodies of token requests in their order. */
  asked: Record<string, string>[]
  /** Answers the next token requests instead of the rules: status and body. */
  next: { status: number; body: unknown; headers?: Record<string, string> }[]
  /** Agrees as a merchant would: a code for that authorisation address. */
  agree(authorizeUrl: string): string
  /** The refresh token that works next. */
  refreshable(token: string): void
  /** Runs before a token request is answered. */
  before: () => Promise<void>
  seconds: number
  close(): Promise<void>
}

/** An authorisation server as partners run them: codes work once, PKCE is checked, refresh tokens rotate. */
export async function oauthPartner(): Promise<OAuthPartner> {
  const codes = new Map<string, { challenge: string | null; redirectUri: string | null }>()
  let generation = 0
  let refreshable = ''

  function grant(form: Record<string, string>): { status: number; body: unknown } {
    if (form['client_id'] !== CLIENT_ID || form['client_secret'] !== CLIENT_SECRET)
      return { status: 401, body: { error: 'invalid_client' } }
    if (form['grant_type'] === 'refresh_token' && form['refresh_token'] !== refreshable)
      return { status: 400, body: { error: 'invalid_grant', error_description: form['refresh_token'] } }
    if (form['grant_type'] === 'authorization_code' && !codeHolds(form))
      return { status: 400, body: { error: 'invalid_grant' } }
    generation += 1
    refreshable = `refresh-${generation}`
    const lasting = form['grant_type'] === 'client_credentials' ? {} : { refresh_token: refreshable }
    return {
      status: 200,
      body: { access_token: `access-${generation}`, expires_in: partner.seconds, ...lasting },
    }
  }

  function codeHolds({ code = '', code_verifier, redirect_uri }: Record<string, string>): boolean {
    const known = codes.get(code)
    codes.delete(code)
    if (!known || known.redirectUri !== redirect_uri) return false
    return known.challenge === null
      ? true
      : known.challenge ===
          createHash('sha256')
            .update(code_verifier ?? '')
            .digest('base64url')
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url !== '/token') {
      const good = generation > 0 && request.headers.authorization === `Bearer access-${generation}`
      return void response.writeHead(good ? 200 : 401).end()
    }
    const form = Object.fromEntries(new URLSearchParams(await text(request)))
    partner.asked.push(form)
    await partner.before()
    const { status, body, headers } = { headers: {}, ...(partner.next.shift() ?? grant(form)) }
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const partner: OAuthPartner = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    next: [],
    seconds: 3_600,
    before: async () => undefined,
    agree(authorizeUrl) {
      const { searchParams } = new URL(authorizeUrl)
      const code = `code-${codes.size}-${searchParams.get('state')?.slice(-6)}`
      codes.set(code, {
        challenge: searchParams.get('code_challenge'),
        redirectUri: searchParams.get('redirect_uri'),
      })
      return code
    },
    refreshable(token) {
      refreshable = token
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return partner
}

/** A connector that is connected by OAuth; `change` of its declaration. */
export const oauthConnector = (change: Partial<OAuth> = {}): Connector => ({
  manifest: {
    id: 'boutique',
    name: 'Boutique',
    kind: 'storefront',
    api: { version: '1', docs: 'https://boutique.example/docs' },
    settings: {
      type: 'object',
      required: ['shop'],
      additionalProperties: false,
      properties: {
        shop: { type: 'string', title: 'Shop' },
        tokenUrl: { type: 'string' },
        account: { type: 'string' },
      },
    },
    secrets: {
      webhookSecret: { description: 'Signs webhooks.', required: true, rotatable: true, app: 'clientSecret' },
    },
    topics: {},
    auth: {
      kind: 'oauth2',
      grant: 'authorization-code',
      authorizeUrl: ({ shop }) => `https://${String(shop)}/authorize`,
      tokenUrl: ({ tokenUrl }) => String(tokenUrl),
      scopes: ['orders', 'stock'],
      pkce: true,
      ...change,
    },
  } satisfies Manifest,
})
