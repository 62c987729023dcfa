import type { ConnectionView } from '../contracts/connector.ts'
import type { Store } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import type { Clock } from '../kernel/clock.ts'
import type { LiveDirectory } from './directory.ts'
import { keptTokens } from './live-connection.ts'
import { originOf } from './oauth/token-set.ts'
import type { UnderLock } from './oauth/under-lock.ts'
import { openSecrets, sealSecrets } from './sealed-secrets.ts'
import type { Vault } from './vault.ts'

/** Keeps secrets that the partner handed over, sealed and before those that are live. */
export type KeepHandedOver = (
  connection: string,
  secrets: Readonly<Record<string, readonly string[]>>,
) => Promise<void>

export interface KeepHandedOverDeps {
  store: Pick<Store, 'connections'>
  directory: Pick<LiveDirectory, 'refresh'>
  declared: readonly ConnectionView[]
  vault: Vault
  underLock: UnderLock
  clock: Clock
}

/** So many live values of one secret; the oldest ones go. */
const MOST_VALUES = 20

export function createKeepHandedOver(deps: KeepHandedOverDeps): KeepHandedOver {
  const { store, directory, vault, underLock, clock } = deps
  const declared = new Map(deps.declared.map(one => [one.id, one.secrets]))

  return async (id, handedOver) => {
    await underLock(id, async fence => {
      const stored = await store.connections.get(id)
      if (!stored) throw new HubError('CONNECTION_UNKNOWN', { detail: `Connection “${id}”.` })
      const configured = declared.get(id)
      const origin = configured && originOf(configured)
      // What was kept for credentials that are no longer declared must not come to life again.
      const known =
        origin === undefined ? openSecrets(vault, id, stored.secrets) : keptTokens(vault, stored, origin)
      const secrets = {
        ...known,
        ...merged(handedOver, { ...configured, ...known }),
        ...(origin === undefined ? {} : { tokensOf: [origin] }),
      }
      const change = { secrets: sealSecrets(vault, id, secrets), updatedAt: clock.now() }
      if (!(await store.connections.patch(id, change, fence)))
        throw new HubError('STATE_CONFLICT', { detail: 'Its credentials have just been renewed: try again.' })
    })
    directory.refresh(id)
  }
}

const merged = (handedOver: ConnectionView['secrets'], live: ConnectionView['secrets']) =>
  Object.fromEntries(
    Object.entries(handedOver).map(([name, values]) => [
      name,
      [...new Set([...values, ...(live[name] ?? [])])].slice(0, MOST_VALUES),
    ]),
  )
