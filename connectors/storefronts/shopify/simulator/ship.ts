import { LOCATION } from './refund-lines.ts'
import type { Fulfillment, LineItem, RestOrder } from './rest-types.ts'

export interface Shipped {
  items: { line: LineItem; quantity: number }[]
  at: string
  tracking: { company: string; numbers: string[]; urls: string[] }
}

/** Makes one fulfilment of units that are open; the order given is changed. */
export function ship(order: RestOrder, { items, at, tracking }: Shipped): Fulfillment {
  const index = order.fulfillments.length + 1
  const id = 5_700_000_000_000 + (order.id % 1_000_000_000) * 4 + index
  const fulfillment: Fulfillment = {
    id,
    admin_graphql_api_id: `gid://shopify/Fulfillment/${id}`,
    order_id: order.id,
    name: `${order.name}.${index}`,
    status: 'success',
    shipment_status: null,
    created_at: at,
    updated_at: at,
    location_id: LOCATION,
    origin_address: null,
    receipt: {},
    service: 'manual',
    ...trackingFields(tracking),
    line_items: structuredClone(items).map(({ line, quantity }) => ({ ...line, quantity })),
  }
  order.fulfillments.push(fulfillment)
  for (const { line, quantity } of items) line.fulfillable_quantity -= quantity
  settle(order, at)
  return fulfillment
}

/** Takes a fulfilment back: its units are open again. */
export function unship(order: RestOrder, fulfillment: Fulfillment, at: string): void {
  fulfillment.status = 'cancelled'
  fulfillment.updated_at = at
  for (const { id, quantity } of fulfillment.line_items) {
    const line = order.line_items.find(one => one.id === id)
    if (line) line.fulfillable_quantity += quantity
  }
  settle(order, at)
}

export const trackingFields = ({ company, numbers, urls }: Shipped['tracking']) => ({
  tracking_company: company,
  tracking_number: numbers[0] ?? '',
  tracking_numbers: numbers,
  tracking_url: urls[0] ?? '',
  tracking_urls: urls,
})

/** What follows for lines and order from what is still open. */
function settle(order: RestOrder, at: string): void {
  const live = order.fulfillments.filter(({ status }) => status === 'success')
  for (const line of order.line_items) {
    const touched = live.some(({ line_items }) => line_items.some(({ id }) => id === line.id))
    line.fulfillment_status = !touched ? null : line.fulfillable_quantity === 0 ? 'fulfilled' : 'partial'
  }
  const whole = order.line_items.every(line => line.fulfillable_quantity === 0)
  order.fulfillment_status = live.length === 0 ? null : whole ? 'fulfilled' : 'partial'
  order.closed_at = order.fulfillment_status === 'fulfilled' ? at : null
}
