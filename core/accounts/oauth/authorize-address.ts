import type { KeyHandoff, OAuth } from '../../contracts/connector.ts'
import { HubError } from '../../errors/hub-error.ts'
import type { App } from './apps.ts'

interface Asking {
  connector: string
  settings: Record<string, unknown>
  app?: App
  state: string
  challenge?: string
  publicUrl: string
}

export const callbackAddress = (publicUrl: string, connector: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/connect/${encodeURIComponent(connector)}/callback`

/** Where the merchant agrees: RFC 6749 §4.1.1 with what the manifest adds, or the partner's own page of a handoff. */
export function authorizeAddress(auth: OAuth | KeyHandoff, asking: Asking): string {
  const { connector, settings, state, publicUrl } = asking
  const callbackUrl = callbackAddress(publicUrl, connector)
  if (auth.kind === 'oauth2') return ofOAuth(auth, asking, callbackUrl)
  const returnUrl = `${callbackUrl}?returned=${state}`
  return auth.authorizeUrl(settings, { callbackUrl, returnUrl, state, app: 'Crossdock' })
}

function ofOAuth(auth: OAuth, { settings, app, state, challenge }: Asking, callbackUrl: string): string {
  if (!auth.authorizeUrl || !app)
    throw new HubError('CONFIG_INVALID', { detail: 'The manifest names no page where the merchant agrees.' })
  const page = auth.authorizeUrl(settings)
  if (!URL.canParse(page) || page.includes('undefined'))
    throw new HubError('INPUT_INVALID', { detail: 'The settings do not say where the merchant agrees.' })
  const url = new URL(page)
  const parameters = {
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: app.redirectUri ?? callbackUrl,
    state,
    ...(auth.scopes.length > 0 ? { scope: auth.scopes.join(auth.scopeSeparator ?? ' ') } : {}),
    ...(challenge ? { code_challenge: challenge, code_challenge_method: 'S256' } : {}),
    ...auth.authorizeParams,
  }
  for (const [name, value] of Object.entries(parameters))
    url.searchParams.set(auth.authorizeNames?.[name] ?? name, value)
  return url.href
}
