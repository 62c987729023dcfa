import { parseInstant } from '../kernel/instant.ts'
import type { Shipment, TrackingEvent } from './types.gen.ts'

export type ShipmentStatus = Shipment['status']

/** How a parcel stands after its scans. */
export interface Parcel {
  status?: ShipmentStatus
  deliveredAt?: string
}

/**
 * Reads the scans, oldest first. The newest decides, but `returned` is final (what is delivered after it is delivered to
 * the sender) and `delivered` ends in nothing else than `returned`: claims and late scans come after it. `unknown` hides
 * nothing that is known.
 */
export function parcelAfter(events: readonly TrackingEvent[]): Parcel {
  const parcel: Parcel = {}
  let onItsWay = true
  for (const { status, at } of events) {
    if (status === 'delivered' && parcel.status !== 'returned' && onItsWay) parcel.deliveredAt = at
    // A delivery scanned by mistake: the parcel was out again, and the next delivery counts.
    onItsWay = status === 'delivered' ? false : onItsWay || MOVING.includes(status)
    parcel.status = followed(parcel.status, status)
  }
  return parcel.status === 'delivered' ? parcel : { status: parcel.status }
}

const MOVING: readonly ShipmentStatus[] = ['shipped', 'in-transit', 'out-for-delivery']

function followed(before: ShipmentStatus | undefined, next: ShipmentStatus): ShipmentStatus {
  if (before === undefined || before === 'unknown') return next
  if (before === 'returned' || next === 'unknown') return before
  return before === 'delivered' && next !== 'returned' ? before : next
}

/** What needs somebody's eye stands for the shipment, the worst first. */
const TROUBLES: readonly ShipmentStatus[] = [
  ...(['failed', 'returned', 'attempted', 'available-for-pickup', 'delayed'] as const),
]

const STEPS: readonly ShipmentStatus[] = [
  ...(['pending', 'ready', 'label-created', 'shipped', 'in-transit', 'out-for-delivery'] as const),
]

/**
 * How a shipment of these parcels stands: delivered when all are; else as the parcel that is in trouble or furthest
 * behind, but shipped as soon as one has left.
 */
export function shipmentStatus(parcels: readonly ShipmentStatus[]): ShipmentStatus {
  const known = parcels.filter(status => !SILENT.includes(status))
  const open: ShipmentStatus[] = known.filter(status => status !== 'delivered')
  if (known.length === 0) return parcels[0] ?? 'unknown'
  if (open.length === 0) return 'delivered'
  const trouble = TROUBLES.find(status => open.includes(status))
  if (trouble) return trouble
  const behind = Math.min(...open.map(status => STEPS.indexOf(status)))
  const ahead = known.some(status => status === 'delivered' || STEPS.indexOf(status) >= SHIPPED)
  return STEPS[ahead ? Math.max(behind, SHIPPED) : behind]!
}

/** Of these parcels nothing follows for the others. */
const SILENT: readonly ShipmentStatus[] = ['unknown', 'cancelled']

const SHIPPED = STEPS.indexOf('shipped')

/** Of a time in a document, which the schema has checked. */
export const epochOf = (at: string): number => parseInstant(at)?.ms ?? 0
