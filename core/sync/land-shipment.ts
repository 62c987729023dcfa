import type { DocumentCandidate, Store, StoredDocument, UpsertResult } from '../contracts/store.ts'
import { mergeShipment, mergeTracking, trackingOf } from '../documents/merge-shipment.ts'
import { epochOf } from '../documents/parcel-status.ts'
import { joinTracking, type Span, type Tracking, withinSpan } from '../documents/tracking-facts.ts'
import { indexTracking, trackingNumbersOf, withTrackingNumber } from './tracking-index.ts'

export interface LandingDeps {
  store: Pick<Store, 'documents' | 'links'>
  /** Whether the documents of this connection are what a carrier tells. */
  isCarrier(connection: string): Promise<boolean>
  now: number
}

export interface Landed extends UpsertResult {
  /** Somebody else's documents that now say more. */
  touched: StoredDocument[]
}

/**
 * Stores a shipment and brings it together with what carriers tell of its parcels, whichever is known first. Both sides
 * store their own, then look for the other: of two that land at once at least one sees the other, and what both do is
 * done once. Dying in between costs nothing, because the same message does it again.
 */
export async function landShipment(deps: LandingDeps, candidate: DocumentCandidate): Promise<Landed> {
  const { store, now } = deps
  await indexTracking(store, candidate, now)
  if (await deps.isCarrier(candidate.connection)) return landNews(deps, candidate)
  const own = await store.documents.upsert(candidate, now, mergeShipment)
  let news: Tracking = {}
  for (const number of trackingNumbersOf(own.document)) {
    const { carriers, shipments } = await alike(deps, own.document, number)
    const span = spanOf(own.document, shipments)
    for (const told of carriers) news = joinTracking(news, withinSpan(onlyOf(told, number), span))
  }
  if (Object.keys(news).length === 0) return { ...own, touched: [] }
  const { document, outcome } = await store.documents.upsert(own.document, now, mergeTracking(news))
  return {
    outcome: outcome === 'updated' && own.outcome !== 'created' ? outcome : own.outcome,
    document,
    touched: [],
  }
}

async function landNews(deps: LandingDeps, candidate: DocumentCandidate): Promise<Landed> {
  const { store, now } = deps
  const own = await store.documents.upsert(withScan(candidate), now, mergeShipment)
  const touched = new Map<string, StoredDocument>()
  for (const number of trackingNumbersOf(own.document)) {
    const { shipments } = await alike(deps, own.document, number)
    for (const shipment of shipments) {
      const news = withinSpan(onlyOf(own.document, number), spanOf(shipment, shipments))
      const told = { ...shipment, message: candidate.message, receivedAt: candidate.receivedAt }
      const { document } = await store.documents.upsert(told, now, mergeTracking(news))
      touched.set(document.id, document)
    }
  }
  return { ...own, touched: [...touched.values()] }
}

/** A carrier that tells only how the parcel stands tells one scan. */
function withScan(candidate: DocumentCandidate): DocumentCandidate {
  const { packages, updatedAt } = candidate.body as {
    packages: Record<string, unknown>[]
    updatedAt?: string
  }
  const at = updatedAt ?? new Date(candidate.order.event).toISOString()
  const scanned = packages.map(parcel =>
    parcel['status'] && !(parcel['events'] as unknown[] | undefined)?.length
      ? { ...parcel, events: [{ at, status: parcel['status'] }] }
      : parcel,
  )
  return { ...candidate, body: { ...candidate.body, packages: scanned } }
}

async function alike(deps: LandingDeps, document: StoredDocument, number: string) {
  const found = await withTrackingNumber(deps.store, document.tenant, number)
  const others = found.filter(({ id }) => id !== document.id)
  const carrier = await Promise.all(others.map(({ connection }) => deps.isCarrier(connection)))
  return {
    carriers: others.filter((_, index) => carrier[index]),
    shipments: others.filter((_, index) => !carrier[index]),
  }
}

function onlyOf(told: StoredDocument, number: string): Tracking {
  const facts = trackingOf(told)[number]
  return facts ? { [number]: facts } : {}
}

/** Labels are made before a shipment is entered, and some enter it late; carriers give a number again after months. */
const BEFORE_ENTERED_MS = 45 * 86_400_000

/** When scans of a number belong to this shipment: up to the next shipment with the number at the same connection. */
function spanOf(shipment: StoredDocument, alike: readonly StoredDocument[]): Span {
  const from = beginOf(shipment)
  const later = alike
    .filter(({ id, connection }) => id !== shipment.id && connection === shipment.connection)
    .map(beginOf)
    .filter(begin => begin > from)
  return { from, to: Math.min(Number.POSITIVE_INFINITY, ...later) }
}

function beginOf({ body }: StoredDocument): number {
  const at = body['shippedAt'] ?? body['createdAt']
  return typeof at === 'string' ? epochOf(at) - BEFORE_ENTERED_MS : Number.NEGATIVE_INFINITY
}
