import { createHmac } from 'node:crypto'
import type { Feed } from '../../sdk/index.ts'
import type { PartnerSimulator, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { type Reply, servePartner } from '../../sdk/testkit/serve-partner.ts'
import { ok } from './simulator/answers.ts'
import { catalogueRoutes } from './simulator/catalogue-routes.ts'
import { hookRoutes } from './simulator/hook-routes.ts'
import { orderRoutes } from './simulator/order-routes.ts'
import { Store } from './simulator/store.ts'

export interface BigcommerceOptions extends SimulatorOptions {
  token: string
  storeHash: string
}

export interface BigcommerceSimulator extends PartnerSimulator {
  readonly store: Store
}

const QUOTA = 150
const WINDOW_MS = 30_000

/** A store: orders, shipments, refunds, articles, stock, hooks, its token, and 150 calls in every 30 seconds. */
export async function createBigcommerceSimulator(options: BigcommerceOptions): Promise<BigcommerceSimulator> {
  const { now, token, storeHash } = options
  const store = new Store(options)
  const window = { began: now(), calls: 0 }
  const roll = (): void => {
    if (now() - window.began >= WINDOW_MS) Object.assign(window, { began: now(), calls: 0 })
  }
  const server = await servePartner({
    routes: [
      {
        method: 'GET',
        path: /^\/stores\/[^/]+\/v2\/store$/,
        answer: () => ok({ id: storeHash, domain: 'trail.example', currency: 'USD' }),
      },
      {
        method: 'GET',
        path: /^\/stores\/[^/]+\/v2\/order_statuses$/,
        answer: () => ok([{ id: 11, name: 'Awaiting Fulfillment' }]),
      },
      ...orderRoutes(store),
      ...catalogueRoutes(store),
      ...hookRoutes({ hooks: store.hooks, nextId: () => store.nextId() }),
    ],
    guard({ headers, path }): Reply | undefined {
      if (headers['x-auth-token'] !== token || !path.startsWith(`/stores/${storeHash}/`))
        return {
          status: 401,
          body: { status: 401, title: 'X-Auth-Token header is required', type: 'about:blank' },
        }
      roll()
      if (++window.calls <= QUOTA) return undefined
      return { status: 429, body: { status: 429, title: 'Too many requests' } }
    },
    headers: () => ({
      'x-rate-limit-requests-left': String(Math.max(0, QUOTA - window.calls)),
      'x-rate-limit-requests-quota': String(QUOTA),
      'x-rate-limit-time-window-ms': String(WINDOW_MS),
      'x-rate-limit-time-reset-ms': String(Math.max(1, window.began + WINDOW_MS - now())),
    }),
  })
  return {
    ...server,
    store,
    seed: (feed, count, at) => Array.from({ length: count }, (_, n) => seedOne(store, feed, at + n * 1_000)),
    touch: (feed, id, at) => touch(store, { feed, id, at }),
    held: resource => (resource === 'inventory' ? heldStock(store) : heldShipments(store)),
    subscriptions: () =>
      [...store.hooks.values()]
        .filter(({ is_active: active }) => active)
        .map(({ scope, destination }) => ({ topic: scope, url: destination })),
    dropSubscriptions() {
      for (const hook of store.hooks.values()) hook.is_active = false
    },
  }
}

function seedOne(store: Store, feed: Feed, at: number): string {
  if (feed === 'product') return String(store.putProduct(at))
  if (feed === 'inventory') {
    const id = store.nextId()
    store.putStock(id, `SEED-${id}`)
    return `${id}@1`
  }
  const order = store.placeOrder(at)
  if (feed === 'return') return String(store.refund(order, at))
  const [line] = order.products
  if (feed === 'shipment' && line) {
    store.ship(order, {
      tracking_number: `1Z${order.id}`,
      items: [{ order_product_id: line.id, quantity: 1 }],
    })
    order.modified = at
  }
  return String(order.id)
}

function touch(store: Store, { feed, id, at }: { feed: Feed; id: string; at: number }): void {
  const product = store.products.get(Number(id))
  if (feed === 'product' && product) product.modified = at
  const item = store.stock.get(Number.parseInt(id, 10))
  if (feed === 'inventory' && item) item.onHand += 1
  const order = store.orders.get(Number(id))
  if ((feed === 'order' || feed === 'shipment') && order) order.modified = at
  if (feed !== 'return') return
  for (const { refunds } of store.orders.values())
    for (const refund of refunds) if (String(refund.id) === id) refund.created = at
}

const heldStock = ({ stock }: Store) =>
  [...stock.values()]
    .filter(({ writes }) => writes > 0)
    .map(({ sku, onHand, writes }) => ({ key: sku, body: onHand, writes }))

const heldShipments = ({ orders }: Store) =>
  [...orders.values()].flatMap(({ shipments }) =>
    shipments.map(({ writes, ...body }) => ({ key: String(body.id), body, writes })),
  )

/** Headers of a Standard Webhook, signed with the characters of the client secret. */
export function signBigcommerce(of: {
  body: Buffer
  secret: string
  at: number
  deliveryId: string
}): Record<string, string> {
  const seconds = Math.floor(of.at / 1_000)
  const signature = createHmac('sha256', of.secret)
    .update(`${of.deliveryId}.${seconds}.`)
    .update(of.body)
    .digest('base64')
  return {
    'content-type': 'application/json',
    'webhook-id': of.deliveryId,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  }
}
