import type { Flow } from '#config/schema.ts'
import type { LiveConnection } from '../accounts/directory.ts'
import type { StoredDocument, WantedDelivery } from '../contracts/store.ts'
import { deliveryId } from '../kernel/ids.ts'
import { priorityOf } from './priority.ts'

/** A flow whose condition is compiled. */
export interface CompiledFlow extends Omit<Flow, 'when'> {
  /** Whether the document takes this flow; without a condition every document does. */
  admits(document: Record<string, unknown>): boolean
}

interface Endpoint extends Pick<LiveConnection, 'id' | 'tenant' | 'connector'> {
  kind: string
}

/**
 * Which destinations should hold this document: for every flow of its resource, each destination of the same tenant
 * that a `to` names by connection id, connector id or kind. A document never returns to the connection it came from.
 */
export function planDeliveries(
  document: StoredDocument,
  flows: readonly CompiledFlow[],
  connections: readonly Endpoint[],
): WantedDelivery[] {
  const source = connections.find(connection => connection.id === document.connection)
  const wanted = new Map<string, WantedDelivery>()
  for (const flow of flows) {
    if (flow.resource !== document.resource || !source || !named(flow.from, source)) continue
    const destinations = connections.filter(
      to => to.id !== source.id && to.tenant === document.tenant && named(flow.to, to) && !wanted.has(to.id),
    )
    if (destinations.length === 0 || !flow.admits(document.body)) continue
    for (const destination of destinations)
      wanted.set(destination.id, wantedDelivery(document, destination.id, flow.id))
  }
  return [...wanted.values()]
}

const named = (names: readonly string[], endpoint: Endpoint): boolean =>
  names.includes(endpoint.id) || names.includes(endpoint.connector) || names.includes(endpoint.kind)

const wantedDelivery = (document: StoredDocument, destination: string, flow: string): WantedDelivery => ({
  id: deliveryId(document.id, destination),
  document: document.id,
  resource: document.resource,
  tenant: document.tenant,
  source: document.connection,
  destination,
  flow,
  revision: document.revision,
  receivedAt: document.receivedAt,
  priority: priorityOf(document.resource),
})
