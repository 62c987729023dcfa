import { type Answer, type Asked, ok } from './exchange.ts'

export interface Login {
  answer(asked: Asked): Answer
  /** Gives a token out as if it had been asked for. */
  grant(): string
  isLive(token: string | undefined): boolean
  expireAll(): void
  given(): number
}

export interface App {
  clientId: string
  clientSecret: string
  refreshToken: string
}

const LIFETIME_SECONDS = 3_600

/** Login with Amazon: refresh tokens stay, access tokens live an hour. */
export function createLogin(app: App, now: () => number): Login {
  const tokens = new Map<string, number>()
  let given = 0
  const grant = (): string => {
    const token = `Atza|simulated-${++given}`
    tokens.set(token, now() + LIFETIME_SECONDS * 1_000)
    return token
  }
  return {
    grant,
    given: () => given,
    expireAll: () => tokens.clear(),
    isLive: token => token !== undefined && (tokens.get(token) ?? 0) > now(),
    answer({ body }) {
      if (body['client_id'] !== app.clientId || body['client_secret'] !== app.clientSecret)
        return {
          status: 401,
          body: { error: 'invalid_client', error_description: 'Client authentication failed' },
        }
      if (body['grant_type'] === 'client_credentials') return ok(tokenBody(grant()))
      const known =
        body['grant_type'] === 'refresh_token'
          ? body['refresh_token'] === app.refreshToken
          : body['grant_type'] === 'authorization_code' && String(body['code']).startsWith('code-')
      if (!known)
        return {
          status: 400,
          body: { error: 'invalid_grant', error_description: 'The request has an invalid grant parameter' },
        }
      return ok({ ...tokenBody(grant()), refresh_token: app.refreshToken })
    },
  }
}

const tokenBody = (access_token: string) => ({
  access_token,
  token_type: 'bearer',
  expires_in: LIFETIME_SECONDS,
})
