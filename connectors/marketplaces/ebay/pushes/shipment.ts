import {
  type Api,
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
} from '../../../sdk/index.ts'
import { createdId, merchantApi } from '../api.ts'
import { type EbayOrder, type Fulfilment, fetchFulfilments, fetchOrder, ORDERS } from '../orders.ts'
import { carrierCodeOf } from './carriers.ts'
import { itemsOf, type ShipmentLine } from './line-items.ts'

interface Shipment {
  status?: string
  shippedAt?: string
  lines?: ShipmentLine[]
  packages?: Parcel[]
}

interface Parcel {
  trackingNumber?: string
  carrier?: string
  carrierCode?: string
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
 * One fulfilment a parcel. eBay has no key to send along and would take the same parcel twice, so what the order has
 * already is always looked at first; a parcel with the number is taken over. A fulfilment cannot be changed: a corrected
 * number is added beside the wrong one.
 */
export async function pushShipment(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const shipment = operation.body as Shipment
  const parcels = (shipment.packages ?? []).filter(({ trackingNumber }) => bare(trackingNumber) !== '')
  if (NOT_SHIPPED.has(shipment.status ?? '') || parcels.length === 0)
    throw new HubError('SOURCE_SKIPPED', { detail: 'There is no parcel on its way to tell eBay of.' })
  const orderId = orderOf(operation)
  const api = merchantApi(context)
  const order = await fetchOrder(api, orderId)
  if (!order) throw new HubError('PARTNER_REFUSED', { detail: 'eBay does not know the order.' })
  const there = await fetchFulfilments(api, orderId)
  const job = { api, order, shipment, operation }
  const ids: string[] = []
  for (const parcel of parcels) {
    const known = there.find(one => bare(one.shipmentTrackingNumber) === bare(parcel.trackingNumber))
    ids.push(known?.fulfillmentId ?? (await ship(job, parcel, parcels.length === 1)))
  }
  // As the identity of the hub's own shipment mapping: news of it are known as an echo by it.
  return { externalId: operation.externalId ?? `${orderId}/${ids[0]}` }
}

/** The hub names the order at this connection; the document says it too where the shipment came with one. */
function orderOf({ dependencies, body }: PushOperation): string {
  const id = [...Object.values(dependencies), body['orderId']].find(
    one => typeof one === 'string' && one !== '',
  )
  if (typeof id === 'string') return id
  throw new HubError('PARTNER_REFUSED', {
    detail: 'The shipment names no order of eBay.',
    fingerprint: 'order',
  })
}

/** eBay takes letters and digits alone. */
const bare = (number: Fulfilment['shipmentTrackingNumber'] = ''): string =>
  number.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase()

interface Job {
  api: Api
  order: EbayOrder
  shipment: Shipment
  operation: PushOperation
}

async function ship(
  { api, order, shipment, operation }: Job,
  parcel: Parcel,
  only: boolean,
): Promise<string> {
  const lines = parcel.lines?.length ? parcel.lines : only ? shipment.lines : undefined
  const body = {
    lineItems: itemsOf(order.lineItems, lines),
    ...(shipment.shippedAt ? { shippedDate: shipment.shippedAt } : {}),
    shippingCarrierCode: carrierCodeOf(parcel),
    trackingNumber: bare(parcel.trackingNumber),
  }
  operation.sending()
  const path = `${ORDERS}/${encodeURIComponent(order.orderId)}/shipping_fulfillment`
  return createdId((await api.call({ method: 'POST', path, body })).headers)
}
