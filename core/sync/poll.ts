import type { LiveConnection } from '../accounts/directory.ts'
import type { Connector, ConnectorContext, Feed, PolledPage } from '../contracts/connector.ts'
import type { Store } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import type { Accept } from '../inbox/accept.ts'
import { pollPriority } from '../inbox/priority.ts'
import type { Clock } from '../kernel/clock.ts'
import type { WorkInHand } from '../resilience/work-in-hand.ts'

export interface PollDeps {
  store: Store
  accept: Accept
  clock: Clock
  /** `work`: what its calls are for. */
  contextFor(connection: LiveConnection, signal: AbortSignal, work?: WorkInHand): ConnectorContext
}

export interface PollTarget {
  connection: LiveConnection
  connector: Connector
  /** A resource, or the place where messages of many topics lie. */
  resource: Feed
}

/**
 * Reads everything since the cursor. A page's cursor is saved only after its messages are in the inbox, and the partner's
 * side of it (a queue, a folder) is cleared only after both; dying in between reads a page twice, which the dedupe keys
 * make free. Returns how many messages were new.
 */
export async function pollOnce(deps: PollDeps, target: PollTarget, signal: AbortSignal): Promise<number> {
  const { connection, connector, resource } = target
  if (!connector.poll)
    throw new HubError('CONFIG_INVALID', { detail: `${connector.manifest.id} does not poll.` })
  const cursor = (await deps.store.cursors.get(connection.id, resource))?.value ?? null
  const context = deps.contextFor(connection, signal, { priority: pollPriority(resource, cursor) })
  let stored = 0
  for await (const page of connector.poll(resource, cursor, context)) {
    stored += await land(deps, target, page)
    if (signal.aborted) break
  }
  return stored
}

async function land(
  { store, accept, clock }: PollDeps,
  target: PollTarget,
  page: PolledPage,
): Promise<number> {
  const { connection, resource } = target
  const via = resource === 'queue' || resource === 'file' ? 'pull' : 'poll'
  const { stored } = await accept(connection, via, page.messages, clock.now())
  await store.cursors.put({
    ...{ connection: connection.id, resource },
    ...{ value: page.cursor, updatedAt: clock.now() },
  })
  await page.done?.()
  return stored
}
