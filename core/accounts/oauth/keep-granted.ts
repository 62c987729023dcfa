import type { Store } from '../../contracts/store.ts'
import { HubError } from '../../errors/hub-error.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { RecordAct } from '../audit.ts'
import type { LiveDirectory } from '../directory.ts'
import type { ManageConnections } from '../manage-connections.ts'
import type { Pending } from './pending.ts'

export interface Granted {
  /** Sealed already; laid over what the connection has. */
  sealed: Record<string, string>
  /** The same plain, for a connection that is made now. */
  plain: Record<string, string[]>
  settings: Record<string, unknown>
}

export interface KeepGrantedDeps {
  store: Store
  directory: LiveDirectory
  connections: Pick<ManageConnections, 'create' | 'resume'>
  underLock<T>(connection: string, work: (fence?: number) => Promise<T>): Promise<T>
  record: RecordAct
  clock: Clock
}

/** Makes the connection, or gives the one there is its new credentials and lets go what was held. */
export async function keepGranted(deps: KeepGrantedDeps, pending: Pending, granted: Granted): Promise<void> {
  const { connection, tenant, connector, actor } = pending
  const existing = await deps.directory.reread(connection)
  if (existing && (existing.tenant !== tenant || existing.connector !== connector))
    throw new HubError('STATE_CONFLICT', { detail: `Connection “${connection}” is another one now.` })
  if (existing) await replace(deps, connection, granted)
  else
    await deps.connections.create(
      { id: connection, tenant, connector, settings: granted.settings, secrets: granted.plain },
      actor,
    )
  await deps.record(actor, {
    action: 'connection.authorize',
    subject: connection,
    detail: { connector, secrets: Object.keys(granted.plain) },
  })
  if (existing) await deps.connections.resume(connection, actor)
}

async function replace(
  { store, directory, underLock, clock }: KeepGrantedDeps,
  id: string,
  { sealed, settings }: Granted,
): Promise<void> {
  await underLock(id, async fence => {
    const stored = await store.connections.get(id)
    const change = {
      secrets: { ...stored?.secrets, ...sealed },
      // Settings of a declared connection stand in the configuration.
      ...(stored?.declared ? {} : { settings }),
      subscriptions: undefined,
      updatedAt: clock.now(),
    }
    if (!(await store.connections.patch(id, change, fence)))
      throw new HubError('STATE_CONFLICT', { detail: 'Its credentials have just been renewed: try again.' })
  })
  directory.refresh(id)
}
