import type { Asked, Reply } from '../../../sdk/testkit/serve-partner.ts'

export interface App {
  clientId: string
  clientSecret: string
  refreshToken: string
}

type Kind = 'user' | 'app'

const LIFE_MS = 7_200_000

/** The token endpoint: users’ tokens by code or refresh token, the app’s by itself, each for two hours. */
export class Tokens {
  readonly #app: App
  readonly #now: () => number
  readonly #live = new Map<string, { kind: Kind; endsAt: number }>()
  given = 0

  constructor(app: App, now: () => number) {
    this.#app = app
    this.#now = now
  }

  /** The nth token is the same in every run. */
  grant(kind: Kind): string {
    const token = `v^1.1#simulated-${kind}-${++this.given}`
    this.#live.set(token, { kind, endsAt: this.#now() + LIFE_MS })
    return token
  }

  expireAll(): void {
    this.#live.clear()
  }

  kindOf({ headers }: Asked): Kind | null {
    const found = this.#live.get((headers['authorization'] ?? '').replace(/^Bearer /, ''))
    return found && found.endsAt > this.#now() ? found.kind : null
  }

  answer({ headers, body }: Asked): Reply {
    const { clientId, clientSecret, refreshToken } = this.#app
    const [scheme, proof = ''] = (headers['authorization'] ?? '').split(' ')
    const known = Buffer.from(proof, 'base64').toString().split(':').map(decodeURIComponent).join(':')
    if (scheme !== 'Basic' || known !== `${clientId}:${clientSecret}`) return refused(401, 'invalid_client')
    const form = body instanceof URLSearchParams ? body : new URLSearchParams()
    switch (form.get('grant_type')) {
      case 'client_credentials':
        return this.#give('app')
      case 'refresh_token':
        return form.get('refresh_token') === refreshToken ? this.#give('user') : refused(400, 'invalid_grant')
      case 'authorization_code':
        return this.#give('user', { refresh_token: refreshToken, refresh_token_expires_in: 47_304_000 })
      default:
        return refused(400, 'unsupported_grant_type')
    }
  }

  #give(kind: Kind, more: object = {}): Reply {
    const token_type = kind === 'user' ? 'User Access Token' : 'Application Access Token'
    return { status: 200, body: { access_token: this.grant(kind), expires_in: 7_200, token_type, ...more } }
  }
}

const refused = (status: number, error: string): Reply => ({ status, body: { error } })
