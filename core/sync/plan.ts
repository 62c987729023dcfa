import type { Flow } from '#config/schema.ts'
import type { LiveConnection } from '../accounts/directory.ts'
import type { StoredDocument, WantedDelivery } from '../contracts/store.ts'
import { messagePriority } from '../inbox/priority.ts'
import { deliveryId, documentId, documentKey } from '../kernel/ids.ts'
import { isNamed } from '../kernel/named.ts'

/** A flow whose condition is compiled. */
export interface CompiledFlow extends Omit<Flow, 'when'> {
  /** Whether the document takes this flow; without a condition every document does. */
  admits(document: Record<string, unknown>): boolean
}

/** As a destination: the connection that the order of a shipment or return came from. */
export const ORIGIN = 'origin'

interface Endpoint extends Pick<LiveConnection, 'id' | 'tenant' | 'connector'> {
  kind: string
}

/**
 * Which destinations should hold this document: for every flow of its resource, each destination of the same tenant
 * that a `to` names by connection id, connector id or kind, or as `origin`. A document never returns to the connection it
 * came from.
 */
export function planDeliveries(
  document: StoredDocument,
  flows: readonly CompiledFlow[],
  connections: readonly Endpoint[],
): WantedDelivery[] {
  const source = connections.find(connection => connection.id === document.connection)
  const ids = new Set(connections.map(({ id }) => id))
  const named = (names: readonly string[], endpoint: Endpoint): boolean => isNamed(names, endpoint, ids)

  const wanted = new Map<string, WantedDelivery>()
  for (const flow of flows) {
    if (flow.resource !== document.resource || !source || !named(flow.from, source)) continue
    const toOrigin = flow.to.includes(ORIGIN) && !ids.has(ORIGIN)
    const isNamed = (to: Endpoint) => named(flow.to, to) || (toOrigin && isOrigin(document, to))
    const destinations = connections.filter(
      to => to.id !== source.id && to.tenant === document.tenant && isNamed(to) && !wanted.has(to.id),
    )
    if (destinations.length === 0 || !flow.admits(document.body)) continue
    for (const { id } of destinations) wanted.set(id, wantedDelivery(document, id, flow.id))
  }
  return [...wanted.values()]
}

/** Ids of documents name the connection that they came from, so that nothing has to be read. */
const isOrigin = ({ dependsOn, tenant }: StoredDocument, { id }: Endpoint): boolean =>
  dependsOn.some(one => one.startsWith(documentId('order', documentKey(tenant, id, ''))))

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
  priority: messagePriority(document.resource, 'webhook'),
})
