import type { Connector, OAuth } from '../../contracts/connector.ts'
import type { Connections } from '../../contracts/store.ts'
import type { Telemetry } from '../../contracts/telemetry.ts'
import { asHubError, HubError } from '../../errors/hub-error.ts'
import type { Clock } from '../../kernel/clock.ts'
import { manifestFor } from '../../kernel/manifest-for.ts'
import type { RefreshOnce } from '../../resilience/refresh-once.ts'
import type { LiveConnection, LiveDirectory } from '../directory.ts'
import { type Apps, appOf } from './apps.ts'
import type { SealTokens } from './seal-tokens.ts'
import type { AskForTokens, Grant } from './token-endpoint.ts'
import { type TokenSet, tokenSetOf } from './token-set.ts'

export interface TokensDeps {
  store: { readonly connections: Connections }
  directory: LiveDirectory
  connectors: ReadonlyMap<string, Connector>
  apps: Apps
  ask: AskForTokens
  refreshOnce: RefreshOnce
  sealTokens: SealTokens
  clock: Clock
  telemetry: Pick<Telemetry, 'log'>
  /** The partner will give no more tokens: the connection rests until somebody authorises it again. */
  unauthorize(connection: string, error: HubError): Promise<void>
}

/**
 * A live access token of the connection; with `refused`, another one than that. Renewed before its end, once for all
 * processes. Throws with recovery `reauthorize` when there is none to be had.
 */
export type TokenFor = (connection: LiveConnection, refused?: string) => Promise<string>

const REFRESH_BEFORE_SECONDS = 60

/** Lock under which the credentials of a connection are written. */
export const lockOf = (connection: string): string => `credentials:${connection}`

export function createTokens(deps: TokensDeps): TokenFor {
  const { connectors, clock } = deps

  async function renewed(connection: LiveConnection, auth: OAuth, isFresh: IsFresh): Promise<string> {
    const present = tokenSetOf(connection.secrets)
    try {
      return (await renew(deps, connection, auth, isFresh)).accessToken
    } catch (thrown) {
      const error = asHubError(thrown)
      if (error.recovery === 'reauthorize') await deps.unauthorize(connection.id, error)
      // Asked for in good time, the one at hand is still good while the partner cannot be reached.
      else if (present && isFresh(present, 0)) {
        const { code, detail } = error
        deps.telemetry.log('warn', 'a token could not be renewed yet', {
          connection: connection.id,
          code,
          detail,
        })
        return present.accessToken
      }
      throw error
    }
  }

  return async (connection, refused) => {
    const manifest = connectors.get(connection.connector)?.manifest
    const auth = manifest && manifestFor(manifest, connection).auth
    const oauth = auth?.kind === 'oauth2' ? auth : null
    const before = (oauth?.refreshBeforeSeconds ?? REFRESH_BEFORE_SECONDS) * 1_000
    const isFresh: IsFresh = ({ accessToken, endsAt }, ahead = before) =>
      accessToken !== '' && accessToken !== refused && (endsAt === undefined || endsAt - ahead > clock.now())
    const present = tokenSetOf(connection.secrets)
    if (present && isFresh(present)) return present.accessToken
    if (!oauth)
      throw refusal(connection, present ? 'Its access token was refused.' : 'It has no access token.')
    return renewed(connection, oauth, isFresh)
  }
}

type IsFresh = (tokens: TokenSet, ahead?: number) => boolean

function renew(deps: TokensDeps, { id }: LiveConnection, auth: OAuth, isFresh: IsFresh): Promise<TokenSet> {
  let live: LiveConnection | null = null
  return deps.refreshOnce<TokenSet>({
    name: lockOf(id),
    async read() {
      live = await deps.directory.reread(id)
      return (live && tokenSetOf(live.secrets)) ?? { accessToken: '' }
    },
    isFresh: present => isFresh(present),
    async refresh(present) {
      if (!live) throw new HubError('CONNECTION_UNKNOWN', { detail: `Connection “${id}” is gone.` })
      const app = appOf(live, deps.apps, auth)
      if (!app) throw noApp(live)
      const grant = grantOf(live, auth, present)
      const given = await deps
        .ask({ auth, settings: live.settings, app, grant })
        .catch(explain(live, app.own))
      return { ...given, refreshToken: given.refreshToken ?? present.refreshToken }
    },
    async write(tokens, fence) {
      const stored = await deps.store.connections.get(id)
      if (!stored) return false
      const secrets = { ...stored.secrets, ...deps.sealTokens(id, tokens) }
      const written = await deps.store.connections.patch(id, { secrets }, fence)
      deps.directory.refresh(id)
      return written !== null
    },
  })
}

function grantOf(connection: LiveConnection, auth: OAuth, { refreshToken }: TokenSet): Grant {
  if (auth.grant === 'client-credentials') return { type: 'client_credentials' }
  if (refreshToken === undefined)
    throw refusal(connection, 'Its access token has ended or was refused, and cannot be renewed.')
  return { type: 'refresh_token', refreshToken }
}

/** What the merchant has to do stands with the connection. */
const explain =
  (connection: LiveConnection, ownApp: boolean) =>
  (thrown: unknown): never => {
    const error = asHubError(thrown)
    if (error.code === 'OAUTH_REFUSED') throw refusal(connection, error.detail, 'OAUTH_REFUSED')
    if (error.code === 'OAUTH_APP_REFUSED' && ownApp)
      throw new HubError('OAUTH_REFUSED', {
        detail: `${error.detail} Check the client id and secret of the connection “${connection.id}”.`,
      })
    throw error
  }

const refusal = (
  { id }: LiveConnection,
  why: string,
  code: 'UNAUTHORIZED' | 'OAUTH_REFUSED' = 'UNAUTHORIZED',
): HubError =>
  new HubError(code, { detail: `${why} The merchant has to connect the store again (connection “${id}”).` })

const noApp = ({ connector }: LiveConnection): HubError =>
  new HubError('OAUTH_APP_REFUSED', {
    detail: `There is no app for “${connector}”: give \`apps.${connector}\` in the configuration.`,
  })
