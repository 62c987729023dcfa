import type { DocumentCandidate, MergeDocuments, StoredDocument } from '../contracts/store.ts'
import { contentHash } from '../kernel/canonical-json.ts'
import { compareOrder } from './compare-order.ts'
import { epochOf, type Parcel, parcelAfter, type ShipmentStatus, shipmentStatus } from './parcel-status.ts'
import {
  DESCRIPTIVE,
  ESTIMATE,
  eventKey,
  eventsOf,
  factsOf,
  joinTracking,
  type ParcelFacts,
  type Tracking,
} from './tracking-facts.ts'
import { normalTrackingNumber } from './tracking-number.ts'
import type { Package, Shipment } from './types.gen.ts'

/** What a merged shipment is put together from: the newest that its source said, and all that anybody told of its parcels. */
interface Parts {
  body: Shipment
  tracking: Tracking
}

/**
 * The source's newest revision with every scan that was ever told, by whichever message and in whichever order. An older
 * revision still brings its scans, and nothing else.
 */
export const mergeShipment: MergeDocuments = (stored, candidate) => {
  const news = factsOf(shipmentOf(candidate), candidate.order.revision)
  if (!stored) return assembled(candidate, { body: shipmentOf(candidate), tracking: news })
  const parts = partsOf(stored)
  const tracking = joinTracking(parts.tracking, news)
  if (compareOrder(candidate.order, stored.order) >= 0)
    return assembled(candidate, { body: shipmentOf(candidate), tracking })
  return assembled(changedBy(stored, candidate), { body: parts.body, tracking })
}

/** What somebody else tells of the shipment’s parcels: of the shipment itself nothing changes but how it stands. */
export const mergeTracking =
  (news: Tracking): MergeDocuments =>
  (stored, candidate) => {
    if (!stored) return candidate
    const { body, tracking } = partsOf(stored)
    return assembled(changedBy(stored, candidate), { body, tracking: joinTracking(tracking, news) })
  }

/** Everything known of a document's parcels, told as late as the document. */
export const trackingOf = (document: DocumentCandidate): Tracking =>
  factsOf(shipmentOf(document), document.order.revision)

const shipmentOf = ({ body }: DocumentCandidate): Shipment => body as unknown as Shipment

function partsOf(stored: StoredDocument): Parts {
  const body = shipmentOf(stored)
  return (stored.parts as Parts | undefined) ?? { body, tracking: factsOf(body, stored.order.revision) }
}

/** The stored one, with the message that brings something new to it. */
function changedBy(stored: StoredDocument, { message, receivedAt }: DocumentCandidate): DocumentCandidate {
  const { revision: _revision, createdAt: _createdAt, updatedAt: _updatedAt, ...candidate } = stored
  return { ...candidate, message, receivedAt }
}

/** The parts are kept only where the body does not say it all. */
function assembled(candidate: DocumentCandidate, parts: Parts): DocumentCandidate {
  const body = assemble(parts) as unknown as Record<string, unknown>
  const hash = contentHash(body)
  const { parts: _parts, ...own } = candidate
  const told = factsOf(parts.body, candidate.order.revision)
  if (hash === contentHash(parts.body) && contentHash(parts.tracking) === contentHash(told))
    return { ...own, body, hash }
  return { ...own, body, hash, parts: { ...parts } }
}

interface Assembled extends Parcel {
  parcel: Package
  /** Somebody else than the source’s newest revision told of it. */
  told: boolean
  estimate?: string
}

/** Pure: the same parts make the same document. */
function assemble({ body, tracking }: Parts): Shipment {
  const parcels = body.packages.map(parcel => {
    const facts = parcel.trackingNumber && tracking[normalTrackingNumber(parcel.trackingNumber)]
    return facts ? assembleParcel(parcel, facts) : { parcel, told: false, status: parcel.status }
  })
  const packages = parcels.map(({ parcel }) => parcel)
  const estimates = parcels.flatMap(({ estimate }) => estimate ?? [])
  const merged: Shipment = { ...body, packages }
  if (estimates.length > 0) merged.estimatedDeliveryAt = latest(estimates)
  return parcels.some(({ told }) => told) ? { ...merged, ...standing(body, parcels) } : merged
}

function assembleParcel(parcel: Package, facts: ParcelFacts): Assembled {
  const events = eventsOf(facts)
  const own = new Set((parcel.events ?? []).map(eventKey))
  const told = events.some(event => !own.has(eventKey(event)))
  const after = parcelAfter(events)
  const status = told ? (after.status ?? parcel.status) : parcel.status
  const about = DESCRIPTIVE.filter(name => parcel[name] === undefined && facts.about[name])
  return {
    parcel: {
      ...parcel,
      ...Object.fromEntries(about.map(name => [name, facts.about[name]!.value])),
      ...(status && { status }),
      ...((events.length > 0 || parcel.events) && { events }),
    },
    told,
    status,
    deliveredAt: after.deliveredAt,
    estimate: facts.about[ESTIMATE]?.value,
  }
}

/** What the source took back stays taken back: a label that was made void may still be scanned. */
function standing(body: Shipment, parcels: readonly Assembled[]): Pick<Shipment, 'status' | 'deliveredAt'> {
  if (body.status === 'cancelled') return { status: 'cancelled' }
  const status = shipmentStatus(parcels.map(parcel => parcel.status ?? (body.status as ShipmentStatus)))
  const delivered = parcels.flatMap(({ deliveredAt }) => deliveredAt ?? [])
  return status === 'delivered' && delivered.length > 0
    ? { status, deliveredAt: latest(delivered) }
    : { status }
}

const latest = (times: readonly string[]): string =>
  times.reduce((a, b) => (epochOf(b) > epochOf(a) || (epochOf(b) === epochOf(a) && b > a) ? b : a))
