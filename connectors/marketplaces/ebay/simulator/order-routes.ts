import type { Asked, Reply, Route } from '../../../sdk/testkit/serve-partner.ts'
import type { SimulatedOrder } from './draw-order.ts'
import { ebayError } from './replies.ts'
import type { Seller, SimulatedFulfilment } from './seller.ts'

const ORDER = '/sell/fulfillment/v1/order'
const PARCELS = new RegExp(`^${ORDER}/([^/]+)/shipping_fulfillment$`)

export function orderRoutes(seller: Seller): Route[] {
  const order = (id: string, answer: (order: SimulatedOrder) => Reply): Reply => {
    const found = seller.orders.get(id)
    return found ? answer(found) : ebayError(404, 32_100, 'API_FULFILLMENT')
  }
  return [
    { method: 'GET', path: new RegExp(`^${ORDER}$`), answer: asked => list(seller, asked) },
    {
      method: 'GET',
      path: new RegExp(`^${ORDER}/([^/]+)$`),
      answer: (asked, id = '') => order(id, found => ({ status: 200, body: shown(seller, found, asked) })),
    },
    {
      method: 'GET',
      path: PARCELS,
      answer: (_, id = '') =>
        order(id, ({ orderId }) => {
          const fulfillments = seller.fulfilments.get(orderId) ?? []
          return { status: 200, body: { fulfillments, total: fulfillments.length } }
        }),
    },
    {
      method: 'POST',
      path: PARCELS,
      answer: (asked, id = '') => order(id, found => ship(seller, found, asked)),
    },
  ]
}

/** In no order that could be relied on: those of the second half first. */
function list(seller: Seller, asked: Asked): Reply {
  const limit = Number(asked.query.get('limit') ?? 50)
  const offset = Number(asked.query.get('offset') ?? 0)
  if (limit > 200 || limit < 1) return ebayError(400, 30_800, 'API_FULFILLMENT')
  const filter = asked.query.get('filter') ?? ''
  const [, from, to] = /^lastmodifieddate:\[(.+)\.\.(.*)\]$/.exec(filter) ?? []
  if (filter && !from) return ebayError(400, 30_700, 'API_FULFILLMENT')
  const orders = [...seller.orders.values()].filter(
    ({ lastModifiedDate: at }) => (!from || at >= from) && (!to || at <= to),
  )
  const middle = Math.floor(orders.length / 2)
  const mixed = [...orders.slice(middle), ...orders.slice(0, middle)]
  const onward = new URLSearchParams(asked.query)
  onward.set('offset', String(offset + limit))
  return {
    status: 200,
    body: {
      href: `${asked.origin}${asked.path}?${asked.query}`,
      total: orders.length,
      limit,
      offset,
      ...(offset + limit < orders.length ? { next: `${asked.origin}${asked.path}?${onward}` } : {}),
      orders: mixed.slice(offset, offset + limit).map(order => shown(seller, order, asked)),
    },
  }
}

function shown(seller: Seller, order: SimulatedOrder, { origin }: Asked): SimulatedOrder {
  const made = seller.fulfilments.get(order.orderId) ?? []
  const hrefs = made.map(
    ({ fulfillmentId }) => `${origin}${ORDER}/${order.orderId}/shipping_fulfillment/${fulfillmentId}`,
  )
  return { ...order, fulfillmentHrefs: hrefs }
}

interface NewParcel {
  lineItems?: SimulatedFulfilment['lineItems']
  trackingNumber?: string
  shippingCarrierCode?: string
  shippedDate?: string
}

function ship(seller: Seller, order: SimulatedOrder, { body, origin }: Asked): Reply {
  const { lineItems = [], trackingNumber, shippingCarrierCode, shippedDate } = body as NewParcel
  const known = new Set(order.lineItems.map(({ lineItemId }) => lineItemId))
  if (lineItems.length === 0 || lineItems.some(({ lineItemId }) => !known.has(lineItemId)))
    return ebayError(400, 32_200, 'API_FULFILLMENT')
  if (trackingNumber !== undefined && !/^[0-9A-Za-z]+$/.test(trackingNumber))
    return ebayError(400, 32_220, 'API_FULFILLMENT')
  if (trackingNumber !== undefined && !shippingCarrierCode) return ebayError(400, 32_230, 'API_FULFILLMENT')
  const made = seller.ship(order, {
    shippedDate: shippedDate ?? new Date(seller.now()).toISOString(),
    lineItems,
    ...(trackingNumber === undefined ? {} : { shipmentTrackingNumber: trackingNumber, shippingCarrierCode }),
  })
  const location = `${origin}${ORDER}/${order.orderId}/shipping_fulfillment/${made.fulfillmentId}`
  return { status: 201, headers: { location } }
}
