import { type ConnectorContext, errorFor, HubError } from '../../sdk/index.ts'
import { APP_SCOPE } from './auth.ts'
import { tokenResponses } from './responses.ts'
import { ebaySettings, TOKEN_PATH } from './settings.ts'

interface AppToken {
  token: string
  endsAt: number
}

/** By host and app. eBay counts what an app asks for (1 000 a day), so all its connections share one. */
const tokens = new Map<string, Promise<AppToken>>()

const EARLY_MS = 120_000

/**
 * A token of the app itself (client credentials): destinations and public keys belong to no merchant.
 * https://developer.ebay.com/api-docs/static/oauth-client-credentials-grant.html
 */
export async function appToken(context: ConnectorContext, refused?: string): Promise<string> {
  const { apiBaseUrl } = ebaySettings(context.connection)
  const key = `${apiBaseUrl}|${context.connection.secrets['clientId']?.[0] ?? ''}`
  const known = await tokens.get(key)?.catch(() => undefined)
  if (known && known.token !== refused && known.endsAt - EARLY_MS > context.now()) return known.token
  const asked = ask(context, `${apiBaseUrl}${TOKEN_PATH}`)
  tokens.set(key, asked)
  asked.catch(() => tokens.get(key) === asked && tokens.delete(key))
  return (await asked).token
}

/** While the app's secret is rotated, eBay may still take the older one only. */
async function ask(context: ConnectorContext, url: string): Promise<AppToken> {
  const { clientId: [id] = [], clientSecret = [] } = context.connection.secrets
  let last = new HubError('UNAUTHORIZED', { detail: 'The app’s client id and secret are missing.' })
  for (const secret of id ? clientSecret : []) {
    const answer = await context.http.request({
      method: 'POST',
      url,
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: APP_SCOPE }),
      safeToRepeat: true,
      signal: context.signal,
    })
    if (answer.status === 200) return readToken(answer.body, context.now())
    last = errorFor(tokenResponses, answer, context.now())
    if (last.code !== 'UNAUTHORIZED') break
  }
  throw last
}

function readToken(body: unknown, now: number): AppToken {
  const { access_token: token, expires_in: seconds } = Object(body) as Record<string, unknown>
  if (typeof token !== 'string' || token === '')
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The token endpoint gave no token.' })
  return { token, endsAt: now + (Number(seconds) || 7_200) * 1_000 }
}
