import type { MappedDependency } from '../contracts/mapper.ts'
import type { DocumentCandidate, Resource, Store, StoredDocument } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import { contentHash } from '../kernel/canonical-json.ts'
import { deliveryId, documentId } from '../kernel/ids.ts'

export interface ReferenceDeps {
  store: Pick<Store, 'documents' | 'links' | 'deliveries'>
}

/** A candidate with what its source names in the hub's words rather than its own. */
export interface Referring {
  candidate: DocumentCandidate
  references: readonly MappedDependency[]
}

/**
 * Finds the documents that a candidate depends on through a link or a key, and tells the candidate whose order it belongs
 * to: the order as its channel knows it. One that is not there yet is waited for: it is being written, or on its way.
 */
export async function resolveReferences(
  deps: ReferenceDeps,
  { candidate, references }: Referring,
): Promise<DocumentCandidate> {
  if (references.length === 0) return candidate
  const found = await Promise.all(references.map(reference => resolve(deps, candidate, reference)))
  const dependsOn = [...new Set([...candidate.dependsOn, ...found.map(({ id }) => id)])]
  const order = found.find(({ resource }) => resource === 'order')
  if (!order || !OF_AN_ORDER.includes(candidate.resource)) return { ...candidate, dependsOn }
  const body: Record<string, unknown> = { ...candidate.body, orderId: order.externalId }
  if (order.number !== undefined) body['orderNumber'] = order.number
  return { ...candidate, dependsOn, body, hash: contentHash(body) }
}

/** Whose schemas have `orderId` and `orderNumber`. */
const OF_AN_ORDER: readonly Resource[] = ['shipment', 'return']

async function resolve(
  deps: ReferenceDeps,
  candidate: DocumentCandidate,
  reference: MappedDependency,
): Promise<StoredDocument> {
  const { linkId, key } = reference
  const found =
    (linkId !== undefined && (await byLink(deps, candidate, reference))) ||
    (key !== undefined && (await byKey(deps, candidate, reference)))
  if (found) return found
  throw new HubError('DEPENDENCY_WAIT', { detail: `The ${reference.resource} “${linkId ?? key}”.` })
}

async function byLink(
  { store }: ReferenceDeps,
  { connection }: DocumentCandidate,
  { resource, linkId }: MappedDependency,
): Promise<StoredDocument | null> {
  const link = await store.links.find(connection, linkId!, resource as Resource)
  return link && store.documents.get(link.document)
}

/** A number may be given in several shops: the one that was written to this connection is meant. */
async function byKey(
  { store }: ReferenceDeps,
  { tenant, connection }: DocumentCandidate,
  { resource, key }: MappedDependency,
): Promise<StoredDocument | null> {
  const named = await store.documents.get(documentId(resource as Resource, key!))
  if (named?.tenant === tenant) return named
  const filter = { tenant, resource: resource as Resource, number: key! }
  const { items } = await store.documents.list(filter, { limit: MOST_ALIKE })
  const others = items.filter(document => document.connection !== connection)
  if (others.length < 2) return others[0] ?? null
  const sent = await Promise.all(others.map(({ id }) => store.deliveries.get(deliveryId(id, connection))))
  const written = others.filter((_, index) => sent[index] !== null)
  return written.length === 1 ? written[0]! : null
}

const MOST_ALIKE = 20
