import { timingSafeEqual } from 'node:crypto'
import * as oauth from 'oauth4webapi'
import type { Connector, KeyHandoff, OAuth } from '../../contracts/connector.ts'
import { HubError } from '../../errors/hub-error.ts'
import { verifyQueryHmac } from '../../inbox/signatures/query-hmac.ts'
import type { SignatureScheme } from '../../inbox/signatures/scheme.ts'
import { SIGNATURE_SCHEMES } from '../../inbox/signatures/schemes.ts'
import { sealSecrets } from '../sealed-secrets.ts'
import { digestOf } from '../secrets.ts'
import type { Vault } from '../vault.ts'
import { type App, type Apps, appOf } from './apps.ts'
import { authorizeAddress, callbackAddress } from './authorize-address.ts'
import { type Granted, type KeepGrantedDeps, keepGranted } from './keep-granted.ts'
import type { Pending, Pendings } from './pending.ts'
import type { SealTokens } from './seal-tokens.ts'
import type { AskForTokens } from './token-endpoint.ts'
import { toSecrets } from './token-set.ts'

export interface ConnectDeps extends KeepGrantedDeps {
  connectors: ReadonlyMap<string, Connector>
  apps: Apps
  pendings: Pendings
  ask: AskForTokens
  vault: Vault
  sealTokens: SealTokens
  publicUrl: string
}

/** What somebody wants connected; checked before. */
export type Wish = Omit<Pending, 'stage' | 'browser' | 'verifier'>

/** What the partner's redirect brought, and the secret of the browser that brings it. */
export interface Callback {
  connector: string
  /** Path and query exactly as received: partners sign them. */
  target: string
  browser: string | undefined
}

/** The dance by which a merchant lets the hub into a store (RFC 6749 §4.1, RFC 7636, RFC 9700), or hands keys over. */
export interface Connect {
  /** A link that opens the partner's page once, for somebody who may have no account here. */
  invite(wish: Wish): Promise<{ url: string; expiresAt: number }>
  accept(connector: string, invitation: string, browser: string): Promise<{ url: string }>
  /** Where the merchant agrees. `browser`: a secret that this browser alone will have. */
  begin(wish: Wish, browser: string): Promise<{ url: string }>
  finish(callback: Callback): Promise<{ connection: string }>
  /** Keys that a partner posts: no browser, so that the state alone proves them. */
  takeKeys(connector: string, body: unknown): Promise<{ connection: string }>
  /** After a handoff, the merchant comes back by browser: whether the keys have come. */
  keysCame(state: string): Promise<boolean>
}

const INVITATION_MS = 24 * 3_600_000
/** Time to sign in at the partner, read what is asked for, and agree. */
const AGREEMENT_MS = 30 * 60_000

export function createConnect(deps: ConnectDeps): Connect {
  const { pendings, publicUrl } = deps

  async function begin(wish: Wish, browser: string): Promise<{ url: string }> {
    const auth = authOf(deps, wish.connector)
    const verifier = auth.kind === 'oauth2' && auth.pkce ? oauth.generateRandomCodeVerifier() : undefined
    const challenge = verifier && (await oauth.calculatePKCECodeChallenge(verifier))
    const app = auth.kind === 'oauth2' ? await appFor(deps, wish) : undefined
    const { secret: state } = await pendings.open(
      { ...wish, stage: 'agreement', browser: digestOf(browser), verifier },
      AGREEMENT_MS,
    )
    return { url: authorizeAddress(auth, { ...wish, app, state, challenge, publicUrl }) }
  }

  return {
    begin,

    async invite(wish) {
      authOf(deps, wish.connector)
      const { secret, expiresAt } = await pendings.open({ ...wish, stage: 'invitation' }, INVITATION_MS)
      const path = `/connect/${encodeURIComponent(wish.connector)}?invitation=${secret}`
      return { url: `${publicUrl.replace(/\/+$/, '')}${path}`, expiresAt }
    },

    async accept(connector, invitation, browser) {
      const { stage: _, ...wish } = await pendings.take(invitation, { connector, stage: 'invitation' })
      return begin(wish, browser)
    },

    async finish({ connector, target, browser }) {
      const auth = oauthOf(deps, connector)
      const query = new URL(target, publicUrl).searchParams
      const pending = await pendings.take(query.get('state') ?? '', { connector, stage: 'agreement' })
      if (!sameBrowser(pending, browser))
        throw new HubError('OAUTH_STATE_INVALID', {
          detail: 'Another browser began this, or the hub was opened at another address than its public one.',
        })
      const app = await appFor(deps, pending)
      checkSignature(auth, target, app)
      if (query.has('error')) throw denied(query.get('error') ?? '')
      const code = query.get(auth.codeParam ?? 'code')
      if (!code) throw new HubError('OAUTH_STATE_INVALID', { detail: 'The partner’s answer brings no code.' })
      const settings = { ...pending.settings, ...toldBy(query, auth, pending) }
      const redirectUri = app.redirectUri ?? callbackAddress(publicUrl, connector)
      const grant = { type: 'authorization_code', code, redirectUri, verifier: pending.verifier } as const
      const tokens = await deps.ask({ auth, settings, app, grant })
      const sealed = deps.sealTokens(pending.connection, tokens)
      await keepGranted(deps, pending, { sealed, plain: toSecrets(tokens), settings })
      return { connection: pending.connection }
    },

    async takeKeys(connector, body) {
      const auth = authOf(deps, connector)
      const given = auth.kind === 'key-handoff' ? auth.read(body) : null
      if (!given)
        throw new HubError('INPUT_INVALID', { detail: 'These are no keys as the partner hands them over.' })
      const pending = await pendings.take(given.state, { connector, stage: 'agreement' })
      const plain = Object.fromEntries(Object.entries(given.secrets).map(([name, value]) => [name, [value]]))
      const granted: Granted = {
        plain,
        sealed: sealSecrets(deps.vault, pending.connection, plain),
        settings: { ...pending.settings, ...given.settings },
      }
      await keepGranted(deps, pending, granted)
      return { connection: pending.connection }
    },

    keysCame: async state => state !== '' && !(await pendings.isOpen(state)),
  }
}

export function authOf({ connectors }: Pick<ConnectDeps, 'connectors'>, id: string): OAuth | KeyHandoff {
  const auth = connectors.get(id)?.manifest.auth
  if (!auth || (auth.kind === 'oauth2' && auth.grant !== 'authorization-code'))
    throw new HubError('INPUT_INVALID', {
      detail: `“${id}” is not connected by agreement at the partner: give its secrets instead.`,
    })
  return auth
}

function oauthOf(deps: ConnectDeps, id: string): OAuth {
  const auth = authOf(deps, id)
  if (auth.kind !== 'oauth2') throw new HubError('INPUT_INVALID', { detail: `“${id}” hands keys over.` })
  return auth
}

async function appFor({ directory, apps }: ConnectDeps, { connector, connection }: Wish): Promise<App> {
  const existing = await directory.get(connection)
  const app = appOf({ connector, secrets: existing?.connector === connector ? existing.secrets : {} }, apps)
  if (app) return app
  throw new HubError('OAUTH_APP_REFUSED', {
    detail: `This hub has no app at “${connector}” yet: an administrator gives \`apps.${connector}\` in the configuration.`,
  })
}

/** Shopify signs the query beside `state`: nobody else can have changed the shop in it. */
function checkSignature({ callbackSignature }: OAuth, target: string, { clientSecrets }: App): void {
  if (callbackSignature === undefined) return
  const scheme = (SIGNATURE_SCHEMES as Record<string, SignatureScheme>)[callbackSignature]
  if (scheme?.kind !== 'query-hmac')
    throw new HubError('CONFIG_INVALID', { detail: `No query is signed by “${callbackSignature}”.` })
  const verdict = verifyQueryHmac(scheme, target, clientSecrets)
  if (!verdict.ok) throw new HubError('OAUTH_STATE_INVALID', { detail: verdict.detail })
}

/** Settings that the callback tells. One that was asked for before must be the same: else it is another store. */
function toldBy(query: URLSearchParams, auth: OAuth, { settings }: Pending): Record<string, unknown> {
  const told = Object.entries(auth.settingsFromCallback ?? {}).flatMap(([parameter, name]) => {
    const value = query.get(parameter)
    return value === null ? [] : [[name, value] as const]
  })
  const other = told.find(([name, value]) => settings[name] !== undefined && settings[name] !== value)
  if (other)
    throw new HubError('OAUTH_STATE_INVALID', {
      detail: `The merchant agreed for another store: \`${other[0]}\` is not the one that was asked for.`,
    })
  return Object.fromEntries(told)
}

/** Nobody can have a victim's browser finish what an attacker's began (RFC 9700 §4.7). */
function sameBrowser({ browser: expected = '' }: Pending, browser = ''): boolean {
  return timingSafeEqual(Buffer.from(digestOf(browser)), Buffer.from(expected.padEnd(64).slice(0, 64)))
}

const denied = (error: string): HubError =>
  new HubError('OAUTH_DENIED', {
    detail: /^[\w.-]{1,60}$/.test(error) ? `The partner says “${error}”.` : 'The partner says no.',
  })
