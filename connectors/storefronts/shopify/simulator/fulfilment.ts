import { fulfillmentNode } from './event-nodes.ts'
import type { Event } from './events.ts'
import { eventsOf } from './events.ts'
import type { Resolver } from './graphql-execute.ts'
import { list, utc } from './node-values.ts'
import { LOCATION } from './refund-lines.ts'
import type { Fulfillment, LineItem, RestOrder } from './rest-types.ts'
import { type Shipped, ship, trackingFields, unship } from './ship.ts'

export interface FulfilmentOptions {
  orders: Map<number, RestOrder>
  /** As the shop writes times. */
  now(): string
  send(events: readonly Event[]): void
}

/** Fulfilment orders, fulfilments and what carriers tell of them. */
export interface Fulfilment {
  /** Members of an order’s node. */
  ofOrder(order: RestOrder): Record<string, unknown>
  /** Nothing of the order may be shipped until it is released. */
  readonly holds: Set<number>
  /** What the API made, by id, with how often it was written. */
  held(): { key: string; body: unknown; writes: number }[]
  readonly mutations: Record<string, Resolver>
}

interface ShipInput {
  lineItemsByFulfillmentOrder: {
    fulfillmentOrderId: string
    fulfillmentOrderLineItems?: { id: string; quantity: number }[]
  }[]
  trackingInfo?: TrackingInput
}

interface TrackingInput {
  company?: string
  number?: string
  numbers?: string[]
  url?: string
  urls?: string[]
}

interface FulfillmentEvent {
  status: string
  happenedAt: string
}

/** One fulfilment order an order: what it has of lines, under ids of its own. */
const FULFILLMENT_ORDER = 7_000_000_000_000
const LINE = 1_000_000_000_000

const numberOf = (gid: unknown): number => Number(String(gid).split('/').pop())
const isOpen = ({ fulfillable_quantity }: LineItem) => fulfillable_quantity > 0

export function createFulfilment({ orders, now, send }: FulfilmentOptions): Fulfilment {
  const events = new Map<number, FulfillmentEvent[]>()
  const writes = new Map<number, number>()
  const holds = new Set<number>()
  const wrote = (id: number) => void writes.set(id, (writes.get(id) ?? 0) + 1)

  function status(order: RestOrder): string {
    if (holds.has(order.id)) return 'ON_HOLD'
    if (order.cancelled_at || !order.line_items.some(isOpen)) return 'CLOSED'
    return order.fulfillments.some(one => one.status === 'success') ? 'IN_PROGRESS' : 'OPEN'
  }

  /** Changes one fulfilment of a copy of its order, and tells. */
  function change(id: number, edit: (fulfillment: Fulfillment, order: RestOrder) => void): unknown {
    const before = [...orders.values()].find(({ fulfillments }) => fulfillments.some(one => one.id === id))
    if (!before) return failure(['id'], 'Fulfillment does not exist.')
    const order = { ...structuredClone(before), updated_at: now() }
    const fulfillment = order.fulfillments.find(one => one.id === id)!
    fulfillment.updated_at = now()
    edit(fulfillment, order)
    orders.set(order.id, order)
    wrote(id)
    const payload = { ...fulfillment, email: order.email, destination: order.shipping_address }
    send([
      { topic: 'fulfillments/update', payload },
      { topic: 'orders/updated', payload: order },
    ])
    return { fulfillment: nodeOf(fulfillment), userErrors: [] }
  }

  function create({ lineItemsByFulfillmentOrder: wanted, trackingInfo = {} }: ShipInput): unknown {
    const ids = wanted.map(({ fulfillmentOrderId }) => numberOf(fulfillmentOrderId) - FULFILLMENT_ORDER)
    const before = orders.get(ids[0] ?? 0)
    if (!before || ids.some(id => id !== ids[0]))
      return failure(['fulfillment'], 'Fulfillment order does not exist.')
    if (!['OPEN', 'IN_PROGRESS'].includes(status(before)))
      return failure(['fulfillment'], `The fulfillment order is not in an open state: ${status(before)}.`)
    const order = { ...structuredClone(before), updated_at: now() }
    const items = wanted.flatMap(({ fulfillmentOrderLineItems: chosen }) => pick(order, chosen))
    const tooMany = items.find(({ line, quantity }) => !line || quantity > line.fulfillable_quantity)
    if (items.length === 0 || tooMany)
      return failure(['fulfillment'], 'Invalid fulfillment order line item quantity requested.')
    const fulfillment = ship(order, {
      items: items as Shipped['items'],
      at: now(),
      tracking: trackingOf(trackingInfo),
    })
    orders.set(order.id, order)
    wrote(fulfillment.id)
    send(eventsOf('fulfil', order, before))
    return { fulfillment: nodeOf(fulfillment), userErrors: [] }
  }

  const nodeOf = (fulfillment: Fulfillment) => ({
    ...fulfillmentNode(fulfillment),
    events: list(events.get(fulfillment.id) ?? []),
  })

  return {
    holds,
    ofOrder: order => ({
      fulfillments: order.fulfillments.map(nodeOf),
      fulfillmentOrders: list([fulfillmentOrderNode(order, status(order))]),
    }),
    held: () =>
      [...orders.values()]
        .flatMap(({ fulfillments }) => fulfillments)
        .filter(({ id }) => writes.has(id))
        .map(of => ({
          key: String(of.id),
          body: { ...of, events: events.get(of.id) },
          writes: writes.get(of.id)!,
        })),
    mutations: {
      fulfillmentCreate: ({ fulfillment }) => create(fulfillment as ShipInput),
      fulfillmentCancel: ({ id }) =>
        change(numberOf(id), (fulfillment, order) => unship(order, fulfillment, now())),
      fulfillmentTrackingInfoUpdate: ({ fulfillmentId, trackingInfoInput }) =>
        change(numberOf(fulfillmentId), fulfillment => {
          Object.assign(fulfillment, trackingFields(trackingOf(trackingInfoInput as TrackingInput)))
        }),
      fulfillmentEventCreate({ fulfillmentEvent }) {
        const { fulfillmentId, status: told, happenedAt } = fulfillmentEvent as Record<string, string>
        const id = numberOf(fulfillmentId)
        return change(id, fulfillment => {
          fulfillment.shipment_status = told!.toLowerCase()
          events.set(id, [
            ...(events.get(id) ?? []),
            { status: told!, happenedAt: utc(happenedAt ?? now())! },
          ])
        })
      },
    },
  }
}

function pick(order: RestOrder, chosen: { id: string; quantity: number }[] = []) {
  if (chosen.length === 0)
    return order.line_items.filter(isOpen).map(line => ({ line, quantity: line.fulfillable_quantity }))
  return chosen.map(({ id, quantity }) => ({
    line: order.line_items.find(line => line.id === numberOf(id) - LINE),
    quantity,
  }))
}

const trackingOf = ({ company = '', number, numbers, url, urls }: TrackingInput): Shipped['tracking'] => ({
  company,
  numbers: numbers ?? (number ? [number] : []),
  urls: urls ?? (url ? [url] : []),
})

const failure = (field: string[], message: string) => ({
  fulfillment: null,
  userErrors: [{ field, message }],
})

const fulfillmentOrderNode = (order: RestOrder, status: string) => ({
  id: `gid://shopify/FulfillmentOrder/${FULFILLMENT_ORDER + order.id}`,
  status,
  assignedLocation: { location: { id: `gid://shopify/Location/${LOCATION}` } },
  lineItems: list(
    order.line_items.map(line => ({
      id: `gid://shopify/FulfillmentOrderLineItem/${LINE + line.id}`,
      remainingQuantity: line.fulfillable_quantity,
      totalQuantity: line.quantity,
      lineItem: { id: line.admin_graphql_api_id, sku: line.sku },
    })),
  ),
})
