import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import type { LiveConnection, LiveDirectory } from '#core/accounts/directory.ts'
import type { KeepHandedOver } from '#core/accounts/keep-handed-over.ts'
import { TOKEN_SECRETS } from '#core/accounts/oauth/token-set.ts'
import type { Connector, ConnectorContext } from '#core/contracts/connector.ts'
import type { Store, SubscriptionsState } from '#core/contracts/store.ts'
import type { Telemetry } from '#core/contracts/telemetry.ts'
import { asHubError, HubError } from '#core/errors/hub-error.ts'
import { canonicalJson } from '#core/kernel/canonical-json.ts'
import type { Clock } from '#core/kernel/clock.ts'
import { manifestFor } from '#core/kernel/manifest-for.ts'

export interface SubscribeDeps {
  store: Pick<Store, 'connections'>
  directory: Pick<LiveDirectory, 'refresh'>
  connectors: ReadonlyMap<string, Connector>
  contextFor(connection: LiveConnection, signal: AbortSignal): ConnectorContext
  unauthorize(connection: string, error: HubError): Promise<void>
  keepHandedOver: KeepHandedOver
  telemetry: Pick<Telemetry, 'count' | 'log'>
  clock: Clock
  publicUrl: string
  allowPrivateHosts: readonly string[]
}

/** Looks at a connection's webhook subscriptions at the partner, makes them whole, and writes down what it found. */
export type SubscribeNow = (connection: LiveConnection, signal?: AbortSignal) => Promise<SubscriptionsState>

const EVERY_SECONDS = 6 * 3_600
const AFTER_FAILURE_MS = 15 * 60_000

export function createSubscribeNow(deps: SubscribeDeps): SubscribeNow {
  const { store, directory, connectors, telemetry, clock, publicUrl } = deps

  async function look(connection: LiveConnection, signal: AbortSignal): Promise<Found> {
    const { subscribe, manifest } = connectors.get(connection.connector) ?? {}
    if (!subscribe || !manifest)
      throw new HubError('STATE_CONFLICT', {
        detail: `“${connection.connector}” has no subscriptions to look at.`,
      })
    // Without topics the partner calls nobody: it is a matter of secrets alone.
    const calls = Object.keys(manifestFor(manifest, connection).topics).length > 0
    const hidden = calls ? unreachable(deps) : null
    if (hidden) return { ...NOTHING, problem: hidden }
    const { secrets, ...found } = await subscribe(
      `${publicUrl.replace(/\/+$/, '')}/webhooks/${connection.id}`,
      deps.contextFor(connection, signal),
    )
    if (secrets) await deps.keepHandedOver(connection.id, secrets)
    // What is new the first time had not lapsed.
    const lapsed = found.repaired.length + (isFirst(connection) ? 0 : found.created.length)
    if (lapsed > 0) telemetry.count('subscriptions_repaired_total', { connection: connection.id }, lapsed)
    return found
  }

  return async (connection, signal = new AbortController().signal) => {
    const { id } = connection
    const now = clock.now()
    const known = connection.subscriptions
    let found: Found
    let thrown: HubError | undefined
    try {
      found = await look(connection, signal)
    } catch (error) {
      thrown = asHubError(error)
      if (thrown.code === 'STATE_CONFLICT' || thrown.code === 'SHUTDOWN') throw thrown
      const { present = [], created = [], repaired = [] } = known ?? {}
      found = {
        present,
        created,
        repaired,
        problem: thrown.detail || thrown.publicMessage,
        code: thrown.code,
      }
      telemetry.log('warn', 'webhook subscriptions could not be looked at', {
        connection: id,
        code: thrown.code,
      })
    }
    const pauseMs = thrown
      ? (thrown.retryAfterMs ?? AFTER_FAILURE_MS)
      : everySeconds(connectors.get(connection.connector)) * 1_000
    const state = { ...found, checkedAt: now, nextAt: now + pauseMs, basis: basisOf(connection, deps) }
    await store.connections.patch(id, { subscriptions: state })
    directory.refresh(id)
    if (thrown?.recovery === 'reauthorize') await deps.unauthorize(id, thrown)
    return state
  }
}

type Found = Omit<SubscriptionsState, 'checkedAt' | 'nextAt' | 'basis'>

const NOTHING = { present: [], created: [], repaired: [] }

const isFirst = ({ subscriptions }: LiveConnection): boolean =>
  !subscriptions ||
  subscriptions.present.length + subscriptions.created.length + subscriptions.repaired.length === 0

const everySeconds = (connector: Connector | undefined): number =>
  connector?.manifest.subscriptions?.everySeconds ?? EVERY_SECONDS

/** Due at its time, and at once when something that it depends on has changed. */
export const isDue = (connection: LiveConnection, deps: SubscribeDeps): boolean => {
  const { subscriptions } = connection
  return (
    !subscriptions ||
    subscriptions.nextAt <= deps.clock.now() ||
    subscriptions.basis !== basisOf(connection, deps)
  )
}

/** Of settings, secrets (tokens come and go), address, topics and version. Short: it stands beside the connection. */
function basisOf(
  { connector, settings, secrets }: LiveConnection,
  { connectors, publicUrl }: SubscribeDeps,
): string {
  const { topics, api } = connectors.get(connector)?.manifest ?? {}
  const lasting = Object.fromEntries(
    Object.entries(secrets).filter(([name]) => !TOKEN_SECRETS.includes(name)),
  )
  const text = canonicalJson([settings, lasting, publicUrl, topics ?? null, api?.version ?? null])
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** Why partners cannot reach this hub, unless they run beside it. */
function unreachable({ publicUrl, allowPrivateHosts }: SubscribeDeps): string | null {
  const { hostname } = new URL(publicUrl)
  const local =
    hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) && hostname.startsWith('127.'))
  if (!local || allowPrivateHosts.length > 0) return null
  return `Partners cannot reach ${publicUrl}: set HUB_PUBLIC_URL to the address that they can.`
}
