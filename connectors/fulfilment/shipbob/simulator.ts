import { createHmac } from 'node:crypto'
import type { Feed } from '../../sdk/index.ts'
import type { PartnerSimulator, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { servePartner } from '../../sdk/testkit/serve-partner.ts'
import { type SimulatedSubscription, shipbobRoutes } from './simulator/routes.ts'
import { Warehouse } from './simulator/warehouse.ts'

export interface ShipbobOptions extends SimulatorOptions {
  token: string
  channelId: number
  /** `whsec_…` that new subscriptions are given. */
  secret: string
}

export interface ShipbobSimulator extends PartnerSimulator {
  readonly warehouse: Warehouse
}

const PER_MINUTE = 150

/** A ShipBob account: orders by unique reference, shipments, returns, stock, subscriptions, and 150 calls a minute. */
export async function createShipbobSimulator(options: ShipbobOptions): Promise<ShipbobSimulator> {
  const { now, token } = options
  const warehouse = new Warehouse(options)
  const subscriptions = new Map<number, SimulatedSubscription>()
  const calls: number[] = []
  const recent = (): number[] => calls.filter(at => at > now() - 60_000)
  const server = await servePartner({
    routes: shipbobRoutes({ ...options, warehouse, subscriptions }),
    guard({ headers }) {
      if (headers['authorization'] !== `Bearer ${token}`)
        return { status: 401, body: { title: 'Unauthorized' } }
      if (recent().length >= PER_MINUTE) return { status: 429, headers: { 'x-retry-after': '10' } }
      calls.push(now())
      return undefined
    },
    headers: () => ({ 'x-remaining-calls': String(PER_MINUTE - recent().length) }),
  })
  return {
    ...server,
    warehouse,
    seed: (feed, count, at) => seed(warehouse, { feed, count, at }),
    touch: (feed, id, at) => touch(warehouse, { feed, id, at }),
    held: resource =>
      resource === 'order'
        ? [...warehouse.orders.values()].map(({ writes, ...body }) => ({
            key: body.reference_id,
            body,
            writes,
          }))
        : [],
    subscriptions: () => [...subscriptions.values()].map(({ topics, url }) => ({ topic: topics[0]!, url })),
    dropSubscriptions: () => subscriptions.clear(),
  }
}

function touch(warehouse: Warehouse, { feed, id, at }: { feed: Feed; id: string; at: number }): void {
  if (feed === 'shipment') warehouse.touch(Number(id), at)
  const item = warehouse.stock.get(Number.parseInt(id, 10))
  if (feed === 'inventory' && item) item.sellable += 1
  const returned = warehouse.returns.find(one => String(one.id) === id)
  if (feed === 'return' && returned) returned.completed_date = new Date(at).toISOString()
}

interface Seed {
  feed: Feed
  count: number
  at: number
}

function seed(warehouse: Warehouse, { feed, count, at }: Seed): string[] {
  return Array.from({ length: count }, (_, index) => {
    const time = at + index * 1_000
    if (feed === 'shipment') return seedShipment(warehouse, time)
    const id = 4_000 + warehouse.returns.length + warehouse.stock.size
    if (feed === 'inventory')
      warehouse.stock.set(id, { inventory_id: id, name: 'Trail Mug', sku: `MUG-${id}`, sellable: index + 1 })
    else
      warehouse.returns.push({
        id,
        status: 'Completed',
        insert_date: new Date(time).toISOString(),
        completed_date: new Date(time).toISOString(),
        inventory: [{ id: 91, sku: 'MUG-1', name: 'Trail Mug', quantity: 1 }],
      })
    return feed === 'inventory' ? `${id}@8` : String(id)
  })
}

function seedShipment(warehouse: Warehouse, at: number): string {
  const order = warehouse.create({
    reference_id: `seed-${at}-${warehouse.orders.size}`,
    recipient: { name: 'Mara Lindqvist', email: 'mara@example.com' },
    products: [{ sku: 'MUG-1', reference_id: 'MUG-1', name: 'Trail Mug', quantity: 1 }],
  })!
  order.created_date = new Date(at).toISOString()
  return String(warehouse.ship(order.id, at).id)
}

/** Headers of a Standard Webhook with the topic beside them. */
export function signShipbob(of: {
  topic: string
  body: Buffer
  secret: string
  at: number
  deliveryId: string
}): Record<string, string> {
  const seconds = Math.floor(of.at / 1_000)
  const key = Buffer.from(of.secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key)
    .update(`${of.deliveryId}.${seconds}.`)
    .update(of.body)
    .digest('base64')
  return {
    'content-type': 'application/json',
    'webhook-id': of.deliveryId,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
    'x-webhook-topic': of.topic,
  }
}
