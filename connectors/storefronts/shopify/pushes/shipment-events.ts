import type { FulfillmentNode } from '../operations/fulfillments.ts'
import type { ParcelEvent, ShipmentDocument } from './shipment-document.ts'

/** What Shopify shows the buyer; `returned` and what is before the parcel left have no word there. */
const STATUS: Readonly<Record<string, string>> = {
  'in-transit': 'IN_TRANSIT',
  'out-for-delivery': 'OUT_FOR_DELIVERY',
  attempted: 'ATTEMPTED_DELIVERY',
  'available-for-pickup': 'READY_FOR_PICKUP',
  delivered: 'DELIVERED',
  delayed: 'DELAYED',
  failed: 'FAILURE',
}

/** `FulfillmentEventInput`. The carrier’s own words stay here: they may name a neighbour. */
export interface EventInput {
  fulfillmentId: string
  status: string
  happenedAt?: string
  estimatedDeliveryAt?: string
  city?: string
  province?: string
  country?: string
  zip?: string
}

/**
 * What the fulfilment does not know yet, oldest first. Of scans that say the same one after the other only the first is
 * told: the buyer sees a status, not every sorting machine.
 */
export function missingEvents(shipment: ShipmentDocument, fulfillment: FulfillmentNode): EventInput[] {
  const known = new Set(fulfillment.events.nodes.map(({ status, happenedAt }) => keyOf(status, happenedAt)))
  const statuses = new Set(fulfillment.events.nodes.map(({ status }) => status))
  const scans = scansOf(shipment)
  if (scans.length === 0) {
    const status = STATUS[shipment.status]
    const at = shipment.deliveredAt ?? shipment.updatedAt
    if (!status || statuses.has(status)) return []
    return [
      { fulfillmentId: fulfillment.id, status, ...(at ? { happenedAt: at } : {}), ...estimate(shipment) },
    ]
  }
  const missing = scans.filter(({ status, at }) => !known.has(keyOf(STATUS[status]!, at)))
  return missing.map((scan, index) => ({
    ...inputOf(scan, fulfillment.id),
    ...(index === missing.length - 1 ? estimate(shipment) : {}),
  }))
}

function scansOf({ packages }: ShipmentDocument): ParcelEvent[] {
  const told = packages
    .flatMap(({ events = [] }) => events)
    .filter(({ status }) => STATUS[status] !== undefined)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  return told.filter(({ status }, index) => status !== told[index - 1]?.status)
}

const inputOf = ({ status, at, ...place }: ParcelEvent, fulfillmentId: string): EventInput => ({
  fulfillmentId,
  status: STATUS[status]!,
  happenedAt: at,
  ...(place.city ? { city: place.city } : {}),
  ...(place.province ? { province: place.province } : {}),
  ...(place.country ? { country: place.country } : {}),
  ...(place.postalCode ? { zip: place.postalCode } : {}),
})

const estimate = ({ estimatedDeliveryAt }: ShipmentDocument): { estimatedDeliveryAt?: string } =>
  estimatedDeliveryAt ? { estimatedDeliveryAt } : {}

/** Shopify keeps whole seconds. */
const keyOf = (status: string, at: string): string => `${status}|${Math.floor(Date.parse(at) / 1_000)}`
