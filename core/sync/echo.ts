import type { Manifest } from '../contracts/connector.ts'
import type { Delivery, DocumentCandidate, Resource, Store, WantedDelivery } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import { deliveryId } from '../kernel/ids.ts'

export interface EchoDeps {
  store: Pick<Store, 'documents' | 'links' | 'deliveries'>
}

/**
 * What the hub makes at a partner. Stock and products are there whoever wrote them last: what the partner tells of them
 * is news, and equal content changes nothing.
 */
const MADE: ReadonlySet<Resource> = new Set(['order', 'shipment', 'return'])

/**
 * Whether a candidate is what the hub itself wrote to the connection it comes from, for another document. Its webhook may
 * be faster than the answer to our write: while such a write is on its way, the candidate waits for how it ends.
 */
export async function isEcho(
  { store }: EchoDeps,
  candidate: DocumentCandidate,
  { kind, pushes }: Manifest,
): Promise<boolean> {
  const { connection, externalId, resource } = candidate
  // A carrier is told of a shipment to hear of it: that is news, not an echo.
  if (!pushes?.[resource] || kind === 'carrier' || !MADE.has(resource)) return false
  for (const order of ordersOf(candidate)) await awaitWrites({ store }, candidate, order)
  const link = await store.links.find(connection, externalId, resource)
  if (!link || link.document === candidate.id) return false
  // What the hub took over at the partner instead of making it was known before, and stays what it is.
  return (await store.documents.get(candidate.id)) === null
}

/**
 * Whether a document that was known before is by now what the hub wrote there of another: a transfer of the ERP whose
 * goods the warehouse has reported shipped. The other one has told everybody; both would be two shipments.
 */
export async function isTakenOver(
  { store }: { store: Pick<Store, 'links'> },
  { id, connection, externalId, resource }: DocumentCandidate,
): Promise<boolean> {
  if (resource !== 'shipment' && resource !== 'return') return false
  const link = await store.links.find(connection, externalId, resource)
  return link !== null && link.document !== id
}

async function awaitWrites({ store }: EchoDeps, candidate: DocumentCandidate, order: string): Promise<void> {
  const { connection, resource } = candidate
  for (const { externalId: document } of await store.links.list(writesOf(connection, order))) {
    if (document === candidate.id || !document.startsWith(`${resource}:`)) continue
    const delivery = await store.deliveries.get(deliveryId(document, connection))
    if (delivery && isOnItsWay(delivery))
      throw new HubError('DEPENDENCY_WAIT', { detail: `Our own write of “${document}”.` })
  }
}

const isOnItsWay = ({ state, claims, uncertain }: Delivery): boolean =>
  state === 'pending' && (claims > 0 || uncertain)

/**
 * Notes which documents of an order are written to a destination that tells of such documents itself, before they are:
 * by that `isEcho` finds the writes on their way.
 */
export async function noteWrites(
  { store }: EchoDeps,
  wanted: WantedDelivery,
  {
    document,
    manifest,
    now,
  }: { document: Pick<DocumentCandidate, 'dependsOn'>; manifest: Manifest | undefined; now: number },
): Promise<void> {
  if (!manifest || !tellsOf(manifest, wanted)) return
  for (const order of ordersOf(document)) {
    const name = writesOf(wanted.destination, order)
    if (await store.links.get(name, wanted.document)) continue
    await store.links.put({
      document: name,
      connection: wanted.document,
      externalId: wanted.document,
      createdAt: now,
    })
  }
}

const tellsOf = ({ topics, polls, kind }: Manifest, { resource }: WantedDelivery): boolean =>
  kind !== 'carrier' && (Object.values(topics).includes(resource) || polls?.[resource] !== undefined)

const ordersOf = ({ dependsOn }: Pick<DocumentCandidate, 'dependsOn'>): string[] =>
  dependsOn.filter(id => id.startsWith('order:'))

/** Stands among the links where a document does: what is written to this connection for that order. */
const writesOf = (connection: string, order: string): string => `writes:${connection}:${order}`
