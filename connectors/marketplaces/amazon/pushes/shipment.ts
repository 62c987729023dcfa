import {
  type ConnectorContext,
  formatInstant,
  HubError,
  type PushOperation,
  type PushResult,
} from '../../../sdk/index.ts'
import { type SpApi, spApi } from '../api/sp-api.ts'
import { fetchOrder2026, type Order2026 } from '../orders/fetch-order.ts'
import { carrierOf } from './carriers.ts'
import { itemsOf, type ShipmentLine } from './order-items.ts'
import { freeReference } from './package-reference.ts'

interface Shipment {
  orderId?: string
  status?: string
  shippedAt?: string
  createdAt?: string
  service?: string
  lines?: ShipmentLine[]
  packages?: Parcel[]
}

interface Parcel {
  trackingNumber?: string
  carrier?: string
  carrierCode?: string
  service?: string
  lines?: ShipmentLine[]
}

/** Nothing has left yet, or never will. */
const NOT_SHIPPED: ReadonlySet<string> = new Set([
  'pending',
  'ready',
  'label-created',
  'cancelled',
  'failed',
  'unknown',
])

/**
 * Confirms every parcel. Amazon knows a parcel by our reference: sending it again edits it, so a repetition makes no
 * second one; and a tracking number that the order has already is taken over.
 */
export async function pushShipment(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const shipment = operation.body as Shipment
  const orderId = orderOf(operation)
  const parcels = (shipment.packages ?? []).filter(({ trackingNumber }) => trackingNumber)
  if (NOT_SHIPPED.has(shipment.status ?? '') || parcels.length === 0)
    throw new HubError('SOURCE_SKIPPED', { detail: 'There is no parcel on its way to confirm.' })
  const api = spApi(context)
  const order = await fetchOrder2026(api, orderId)
  if (!order) throw new HubError('PARTNER_REFUSED', { detail: 'Amazon does not know the order.' })
  const kept = new Set(
    parcels.map(parcel => known(order, parcel)).filter(reference => reference !== undefined),
  )
  const job = { api, order, shipment, operation, context }
  const references: string[] = []
  for (const parcel of parcels) {
    const reference = known(order, parcel) ?? freeReference(operation.key, kept)
    if (!kept.has(reference)) await confirm(job, { ...parcel, reference, only: parcels.length === 1 })
    kept.add(reference)
    references.push(reference)
  }
  return { externalId: `${orderId}/${references.join('+')}` }
}

/** The hub names the order at this connection; the document says it too where the shipment came with one. */
function orderOf({ dependencies, body }: PushOperation): string {
  const candidates = [...Object.values(dependencies), body['orderId']]
  const orderId = candidates.find(id => typeof id === 'string' && ORDER_ID.test(id))
  if (typeof orderId === 'string') return orderId
  throw new HubError('PARTNER_REFUSED', {
    detail: 'The shipment names no order of Amazon.',
    fingerprint: 'order',
  })
}

const ORDER_ID = /^(?:\d{3}|S\d{2})-\d{7}-\d{7}$/

const known = ({ packages = [] }: Order2026, parcel: Parcel): string | undefined =>
  packages.find(({ trackingNumber }) => same(trackingNumber, parcel.trackingNumber))?.packageReferenceId

const same = (one = '', other = ''): boolean => bare(one) === bare(other)
const bare = (number: string): string => number.replaceAll(/[\s-]/g, '').toUpperCase()

interface Job {
  api: SpApi
  order: Order2026
  shipment: Shipment
  operation: PushOperation
  context: ConnectorContext
}

async function confirm(
  { api, order, shipment, operation, context }: Job,
  { reference, only, ...parcel }: Parcel & { reference: string; only: boolean },
): Promise<void> {
  const lines = parcel.lines?.length ? parcel.lines : only ? shipment.lines : undefined
  const shippingMethod = parcel.service ?? shipment.service
  const packageDetail = {
    packageReferenceId: reference,
    ...carrierOf(parcel),
    ...(shippingMethod ? { shippingMethod } : {}),
    trackingNumber: parcel.trackingNumber,
    shipDate: shipment.shippedAt ?? shipment.createdAt ?? formatInstant(context.now()),
    orderItems: itemsOf(order, lines),
  }
  operation.sending()
  await api.call({
    operation: 'orders.confirmShipment',
    version: 'v0',
    path: { orderId: order.orderId },
    body: { marketplaceId: order.salesChannel?.marketplaceId, packageDetail },
    safeToRepeat: true,
  })
}
