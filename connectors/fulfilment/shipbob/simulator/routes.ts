import type { Asked, Reply, Route } from '../../../sdk/testkit/serve-partner.ts'
import type { SimulatedOrder, Warehouse } from './warehouse.ts'

export interface SimulatedSubscription {
  id: number
  topics: string[]
  url: string
  enabled: boolean
}

export interface RoutesOptions {
  warehouse: Warehouse
  subscriptions: Map<number, SimulatedSubscription>
  channelId: number
  /** What the answer to a new subscription hands over. */
  secret: string
}

const VERSION = '/\\d{4}-\\d{2}'
const at = (path: string): RegExp => new RegExp(`^${VERSION}${path}$`)

export function shipbobRoutes(options: RoutesOptions): Route[] {
  const { warehouse, subscriptions, channelId, secret } = options
  const order = (id: string, answer: (order: SimulatedOrder) => Reply): Reply => {
    const found = warehouse.orders.get(Number(id))
    return found ? answer(found) : { status: 404, body: { title: 'Not Found' } }
  }
  let lastSubscription = 0
  return [
    { method: 'GET', path: at('/order'), answer: asked => listOrders(warehouse, asked) },
    { method: 'POST', path: at('/order'), answer: asked => createOrder(warehouse, asked) },
    {
      method: 'GET',
      path: at('/order/(\\d+)'),
      answer: (_, id = '') => order(id, body => ({ status: 200, body })),
    },
    {
      method: 'PUT',
      path: at('/order/(\\d+)'),
      answer: (asked, id = '') =>
        order(id, found => {
          if (found.status !== 'Processing')
            return unprocessable('status', 'The order can no longer be changed.')
          Object.assign(found, asked.body, { writes: found.writes + 1 })
          return { status: 200, body: found }
        }),
    },
    {
      method: 'POST',
      path: at('/order/(\\d+)/cancel'),
      answer: (_, id = '') =>
        order(id, found => {
          Object.assign(found, { status: 'Cancelled', writes: found.writes + 1 })
          return { status: 200, body: { order: found, order_id: found.id } }
        }),
    },
    { method: 'GET', path: at('/return'), answer: asked => listed(asked, warehouse.returns) },
    {
      method: 'GET',
      path: at('/inventory-level/locations'),
      answer: asked =>
        listed(
          asked,
          [...warehouse.stock.values()].map(({ sellable, ...item }) => ({
            ...item,
            locations: [
              {
                location_id: 8,
                name: 'Cicero (IL)',
                on_hand_quantity: sellable,
                sellable_quantity: sellable,
              },
            ],
          })),
        ),
    },
    {
      method: 'GET',
      path: at('/channel'),
      answer: () => ({
        status: 200,
        body: { items: [{ id: channelId, name: 'Crossdock', scopes: ['orders_read', 'orders_write'] }] },
      }),
    },
    { method: 'GET', path: at('/webhook'), answer: asked => listed(asked, [...subscriptions.values()]) },
    {
      method: 'POST',
      path: at('/webhook'),
      answer: ({ body }) => {
        const made = { id: ++lastSubscription, enabled: true, ...(body as { topics: string[]; url: string }) }
        subscriptions.set(made.id, made)
        return { status: 201, body: { ...made, secret } }
      },
    },
    {
      method: 'DELETE',
      path: at('/webhook/(\\d+)'),
      answer: (_, id) => ({ status: subscriptions.delete(Number(id)) ? 204 : 404 }),
    },
  ]
}

function createOrder(warehouse: Warehouse, { body, headers }: Asked): Reply {
  if (!headers['shipbob_channel_id']) return unprocessable('shipbob_channel_id', 'The channel is required.')
  const order = body as Parameters<Warehouse['create']>[0]
  if (!order.products?.length) return unprocessable('products', 'At least one product is required.')
  const made = warehouse.create(order)
  if (!made) return unprocessable('reference_id', 'An order with this reference id already exists.')
  return { status: 201, body: made }
}

const unprocessable = (field: string, message: string): Reply => ({
  status: 422,
  body: { errors: { [field]: [`${field}: ${message}`] } },
})

function listOrders(warehouse: Warehouse, asked: Asked): Reply {
  const references = asked.query.get('ReferenceIds')?.split(',')
  const since = Date.parse(asked.query.get('LastUpdateStartDate') ?? '') || 0
  const changed = ({ created_date, shipments }: SimulatedOrder): number =>
    Math.max(Date.parse(created_date), ...shipments.map(one => Date.parse(one.last_update_at)))
  const orders = [...warehouse.orders.values()]
    .filter(order => !references || references.includes(order.reference_id))
    .filter(order => changed(order) >= since)
    .toSorted((a, b) => changed(a) - changed(b) || a.id - b.id)
  return listed(asked, orders)
}

/** Pages as ShipBob gives them: `next` is a whole address with a cursor. */
function listed({ query, origin, path }: Asked, all: readonly object[]): Reply {
  const limit = Number(query.get('Limit') ?? 50)
  const from = Number(query.get('Cursor') ?? 0)
  const items = all.slice(from, from + limit)
  const onward = new URLSearchParams(query)
  onward.set('Cursor', String(from + limit))
  const next = from + limit < all.length ? `${origin}${path}?${onward}` : null
  return { status: 200, body: { items, next, prev: null } }
}
