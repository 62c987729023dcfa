import type { LiveConnection } from '../accounts/directory.ts'
import type { Connector, ConnectorContext } from '../contracts/connector.ts'
import type { Resource, Store } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import type { Accept } from '../inbox/accept.ts'
import { pollPriority } from '../inbox/priority.ts'
import type { Clock } from '../kernel/clock.ts'

export interface PollDeps {
  store: Store
  accept: Accept
  clock: Clock
  /** `priority`: of the work at hand, for the rate budget. */
  contextFor(connection: LiveConnection, signal: AbortSignal, priority?: number): ConnectorContext
}

export interface PollTarget {
  connection: LiveConnection
  connector: Connector
  resource: Resource
}

/**
 * Reads everything since the cursor. A page's cursor is saved only after its messages are in the inbox, so dying in
 * between reads a page twice, which the dedupe keys make free. Returns how many messages were new.
 */
export async function pollOnce(deps: PollDeps, target: PollTarget, signal: AbortSignal): Promise<number> {
  const { connection, connector, resource } = target
  if (!connector.poll)
    throw new HubError('CONFIG_INVALID', { detail: `${connector.manifest.id} does not poll.` })
  const cursor = await deps.store.cursors.get(connection.id, resource)
  let stored = 0
  for await (const page of connector.poll(
    resource,
    cursor?.value ?? null,
    deps.contextFor(connection, signal, pollPriority(cursor?.value ?? null)),
  )) {
    const accepted = await deps.accept(connection, 'poll', page.messages, deps.clock.now())
    stored += accepted.stored
    await deps.store.cursors.put({
      connection: connection.id,
      resource,
      value: page.cursor,
      updatedAt: deps.clock.now(),
    })
    if (signal.aborted) break
  }
  return stored
}
