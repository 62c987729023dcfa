import type { Connector } from '../contracts/connector.ts'
import type { Queue } from '../contracts/queue.ts'
import type { ConnectionState, Store, StoredConnection } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import type { Clock } from '../kernel/clock.ts'
import type { RecordAct } from './audit.ts'
import { checkSecretNames, checkSettings } from './connection-rules.ts'
import type { Directory } from './directory.ts'
import { type Principal, sees } from './roles.ts'
import { wakeHeld } from './wake-held.ts'

/** Live values of each secret, newest first. */
export type PlainSecrets = Record<string, string[]>

export interface ManageConnectionsDeps {
  store: Store
  directory: Directory
  connectors: ReadonlyMap<string, Connector>
  queue: Pick<Queue, 'enqueue'>
  clock: Clock
  record: RecordAct
  /** The vault: what comes back may be stored. */
  seal(connection: string, secrets: PlainSecrets): Promise<Record<string, string>>
  tenants: readonly { id: string }[]
  /** Secrets that the connector's app gives. */
  sharedSecrets?(connector: string): Readonly<Record<string, readonly string[]>>
  /** One at a time writes the credentials of a connection; with the fence that proves it. */
  underLock?: <T>(connection: string, work: (fence?: number) => Promise<T>) => Promise<T>
}

export interface NewConnection {
  id: string
  tenant: string
  connector: string
  settings: Record<string, unknown>
  secrets: PlainSecrets
}

export interface ConnectionChange {
  /** Merged; null takes a setting away. */
  settings?: Record<string, unknown>
  /** The named ones are replaced; null takes one away. */
  secrets?: Record<string, string[] | null>
}

/** What people do with connections, by the API and the command line. Every act is audited; secrets only go in. */
export interface ManageConnections {
  create(connection: NewConnection, actor: Principal): Promise<void>
  change(id: string, change: ConnectionChange, actor: Principal): Promise<void>
  pause(id: string, reason: string, actor: Principal): Promise<void>
  /** Also lets go what was held. */
  resume(id: string, actor: Principal): Promise<void>
  remove(id: string, actor: Principal): Promise<void>
}

/** What an id may be: it stands in addresses. */
export const CONNECTION_ID = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/

export function createManageConnections(deps: ManageConnectionsDeps): ManageConnections {
  const { store, directory, clock, record, underLock = (_id, work) => work() } = deps

  const setState = async (id: string, state: ConnectionState, stateReason?: string): Promise<void> => {
    await store.connections.patch(id, { state, stateReason, updatedAt: clock.now() })
    directory.refresh(id)
  }

  return {
    async create(connection, actor) {
      const { id, tenant, connector, settings, secrets } = connection
      const { manifest } = connectorOf(deps, connector)
      if (!CONNECTION_ID.test(id))
        throw invalid('`id` takes lower-case letters, digits and hyphens, at most 64.')
      if (!sees(actor, connection) || !deps.tenants.some(known => known.id === tenant))
        throw invalid(`There is no tenant “${tenant}”.`)
      if (await directory.get(id))
        throw new HubError('STATE_CONFLICT', { detail: `Connection “${id}” exists.` })
      checkSettings(manifest, settings)
      checkSecretNames(manifest, secrets, { complete: true, given: givenNames(deps, connector) })
      const sealed = await deps.seal(id, secrets)
      await store.connections.put({
        ...{ id, tenant, connector, settings },
        secrets: sealed,
        tables: {},
        state: 'active',
        declared: false,
        updatedAt: clock.now(),
      })
      directory.refresh(id)
      await record(actor, {
        action: 'connection.create',
        subject: id,
        detail: { tenant, connector, secrets: Object.keys(secrets) },
      })
    },

    async change(id, { settings, secrets }, actor) {
      const { state, connector } = await editable(deps, id, actor)
      const { manifest } = connectorOf(deps, connector)
      checkSecretNames(manifest, secrets ?? {}, { complete: false, given: givenNames(deps, connector) })
      const given = Object.entries(secrets ?? {}).filter(entry => entry[1] !== null) as [string, string[]][]
      const sealed = await deps.seal(id, Object.fromEntries(given))
      const removed = Object.fromEntries(
        Object.entries(secrets ?? {}).filter(([, values]) => values === null),
      )
      await underLock(id, async fence => {
        const stored = await editable(deps, id, actor)
        const merged = mergeNulls(stored.settings, settings ?? {})
        checkSettings(manifest, merged)
        const change = {
          settings: merged,
          secrets: mergeNulls(stored.secrets, { ...removed, ...sealed }) as Record<string, string>,
          updatedAt: clock.now(),
        }
        if (!(await store.connections.patch(id, change, fence)))
          throw new HubError('STATE_CONFLICT', {
            detail: 'Its credentials have just been renewed: try again.',
          })
      })
      directory.refresh(id)
      const detail = { settings: Object.keys(settings ?? {}), secrets: Object.keys(secrets ?? {}) }
      await record(actor, { action: 'connection.change', subject: id, detail })
      if (state === 'unauthorized' && secrets) await this.resume(id, actor)
    },

    async pause(id, reason, actor) {
      await known(deps, id, actor)
      await setState(id, 'paused', reason)
      await record(actor, { action: 'connection.pause', subject: id, detail: { reason } })
    },

    async resume(id, actor) {
      await known(deps, id, actor)
      await setState(id, 'active', undefined)
      const woken = await wakeHeld(deps, id)
      await record(actor, { action: 'connection.resume', subject: id, detail: { woken } })
    },

    async remove(id, actor) {
      await editable(deps, id, actor)
      await store.connections.remove(id)
      directory.refresh(id)
      await record(actor, { action: 'connection.remove', subject: id })
    },
  }
}

async function known(
  { store }: ManageConnectionsDeps,
  id: string,
  actor: Principal,
): Promise<StoredConnection> {
  const stored = await store.connections.get(id)
  if (!stored || !sees(actor, stored))
    throw new HubError('CONNECTION_UNKNOWN', { detail: `Connection “${id}”.` })
  return stored
}

async function editable(
  deps: ManageConnectionsDeps,
  id: string,
  actor: Principal,
): Promise<StoredConnection> {
  const stored = await known(deps, id, actor)
  if (stored.declared)
    throw new HubError('STATE_CONFLICT', {
      detail: 'The connection is declared in the configuration: change it there.',
    })
  return stored
}

function connectorOf({ connectors }: ManageConnectionsDeps, id: string): Connector {
  const connector = connectors.get(id)
  if (!connector) throw invalid(`There is no connector “${id}”.`)
  return connector
}

const givenNames = ({ sharedSecrets }: ManageConnectionsDeps, connector: string): string[] =>
  Object.keys(sharedSecrets?.(connector) ?? {})

const mergeNulls = (
  base: Record<string, unknown>,
  change: Record<string, unknown>,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries({ ...base, ...change }).filter(([, value]) => value !== null))

const invalid = (detail: string): HubError => new HubError('INPUT_INVALID', { detail })
