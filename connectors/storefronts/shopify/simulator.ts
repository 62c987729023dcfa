import type { AddressInfo } from 'node:net'
import type { Clock } from '../../sdk/index.ts'
import { API_VERSION, manifest } from './manifest.ts'
import { shopTime } from './shop-time.ts'
import { type Answer, createAdminServer } from './simulator/admin-server.ts'
import { type Bulk, createBulk } from './simulator/bulk.ts'
import type { Random } from './simulator/draw.ts'
import { type Event, eventsOf } from './simulator/events.ts'
import { createFulfilment, type Fulfilment } from './simulator/fulfilment.ts'
import { generateOrder } from './simulator/generate-order.ts'
import { createLeakyBucket } from './simulator/leaky-bucket.ts'
import { createOutbox, type DeliverOptions, type DeliverReport, type Outbox } from './simulator/outbox.ts'
import type { RestProduct } from './simulator/product-node.ts'
import { LOCATION } from './simulator/refund-lines.ts'
import type { RestOrder } from './simulator/rest-types.ts'
import { type OrderAction, reviseOrder } from './simulator/revise-order.ts'
import { rootsOf } from './simulator/roots.ts'
import { createSender } from './simulator/sender.ts'
import { createShopTokens, type ShopTokens } from './simulator/shop-tokens.ts'
import { createStock, type Stock, type StockedArticle, type StockLevel } from './simulator/stock.ts'
import { createSubscriptions, type Subscriptions } from './simulator/subscriptions.ts'

export type { Random } from './simulator/draw.ts'
export { generateOrder, type OrderOptions } from './simulator/generate-order.ts'
export { orderNode } from './simulator/order-node.ts'
export type { DeliverOptions, DeliverReport, QueuedWebhook } from './simulator/outbox.ts'
export type { RestOrder } from './simulator/rest-types.ts'
export { type OrderAction, reviseOrder } from './simulator/revise-order.ts'
export { drawnUuid, type SignedWebhook, signedWebhook, type WebhookOf } from './simulator/webhook.ts'

const SCOPES = [
  ...['read_orders', 'write_customers', 'read_products', 'read_locations', 'read_returns'],
  ...['write_inventory', 'write_fulfillments'],
  ...['write_merchant_managed_fulfillment_orders', 'write_third_party_fulfillment_orders'],
]

/** The app as the shop knows it. */
export const SIMULATED_APP = { clientId: 'simulated-app', refreshToken: 'shprt_simulated' }

export interface ShopifySimulatorOptions {
  clock: Clock
  /** From 0 to below 1: everything drawn comes from here, so a run can be repeated. */
  random: Random
  /** As in `acme.myshopify.com`. */
  shop: string
  /** Client secret: signs webhooks and proves the app where it asks for tokens. */
  secret: string
  accessToken?: string
  /** IANA name: webhooks write times with this shop's offset, GraphQL in UTC. */
  timeZone?: string
  /** Currency of the shop; drawn per order unless told. */
  currency?: string
  /** What the app was granted; all that the connector needs unless told. */
  scopes?: readonly string[]
  /** Points: 2 000 and 100 a second unless told (plan Standard). */
  bucket?: { size: number; restoreRate: number }
  /** What it stocks; those of the catalogue unless told. More may come later, by `stock.set`. */
  articles?: readonly StockedArticle[]
}

/** A shop with its Admin API and its webhooks, quirks included. Nothing happens by itself: the caller acts and delivers. */
export interface ShopifySimulator {
  readonly orders: ReadonlyMap<number, RestOrder>
  readonly subscriptions: Subscriptions
  readonly outbox: Outbox
  /** Returns as GraphQL gives them, by global id. */
  readonly returns: Map<string, Record<string, unknown>>
  readonly stock: Stock
  readonly fulfilment: Fulfilment
  readonly tokens: ShopTokens
  readonly bulk: Bulk
  /** Registers the address for topics (all of the manifest unless told), as an app's configuration would. */
  subscribe(uri: string, topics?: readonly string[]): void
  /** Stores an order (generated unless given) and sends its webhooks. */
  placeOrder(given?: RestOrder): RestOrder
  changeOrder(id: number, action: OrderAction): RestOrder
  setStock(of: { inventoryItem: number; available: number; location?: number }): void
  /** `at`: as the shop writes times; now unless told. */
  putProduct(product: { id: number } & Record<string, unknown>, at?: string): void
  removeProduct(id: number): void
  /** Sends what is due, once. */
  deliver(options?: DeliverOptions): Promise<DeliverReport>
  /** How often the Admin API answered THROTTLED. */
  throttled(): number
  /** The next answer of the Admin API is this one. */
  interruptWith(answer: Answer): void
  /** Base URL for `apiBaseUrl`; port 0 unless told. */
  listen(port?: number): Promise<string>
  close(): Promise<void>
}

export function createShopifySimulator(options: ShopifySimulatorOptions): ShopifySimulator {
  const {
    clock,
    random,
    shop,
    secret,
    accessToken = 'shpat_simulated',
    timeZone = 'America/New_York',
    scopes = SCOPES,
  } = options
  const orders = new Map<number, RestOrder>()
  const products = new Map<number, RestProduct>()
  const returns = new Map<string, Record<string, unknown>>()
  const subscriptions = createSubscriptions(Object.keys(manifest.topics), scopes)
  const interruptions: Answer[] = []
  let throttled = 0
  const outbox = createOutbox({
    clock,
    random,
    // After the last retry Shopify removes the subscription, if it was made through the Admin API.
    onDropped: ({ url, topic }) => {
      for (const { id, uri, topic: of } of subscriptions.all.values())
        if (uri === url && of === topic) subscriptions.remove(id)
    },
  })
  const local = (ms: number) => shopTime(timeZone, ms)
  const now = () => local(clock.now())

  const send = createSender({ clock, random, shop, secret, apiVersion: API_VERSION, subscriptions, outbox })

  const tokens = createShopTokens({
    ...{ clock, random, accessToken, scopes },
    ...SIMULATED_APP,
    clientSecret: secret,
  })
  const stock = createStock({
    ...{ now, articles: options.articles },
    onChange: level => send([stockEvent(level)]),
  })
  const fulfilment = createFulfilment({ orders, now, send })

  const data = { shop, timeZone, scopes, orders, products, returns, stock, fulfilment, subscriptions }
  const roots = rootsOf({ ...data, currency: options.currency ?? 'USD' })
  const bulk = createBulk({
    now: () => clock.now(),
    roots: roots.query,
    origin: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  })

  const server = createAdminServer({
    tokens,
    bucket: createLeakyBucket(clock, options.bucket ?? { size: 2_000, restoreRate: 100 }),
    interrupt: () => interruptions.shift(),
    onThrottled: () => {
      throttled++
    },
    file: bulk.file,
    roots: {
      query: { ...roots.query, ...bulk.queries },
      mutation: { ...roots.mutation, ...bulk.mutations },
    },
  })

  return {
    orders,
    subscriptions,
    outbox,
    returns,
    stock,
    fulfilment,
    tokens,
    bulk,
    subscribe(uri, topics = Object.keys(manifest.topics)) {
      for (const topic of topics) subscriptions.add({ topic, uri })
    },
    placeOrder(given) {
      const order =
        given ??
        generateOrder(random, orders.size + 1, { at: clock.now(), local, currency: options.currency })
      orders.set(order.id, order)
      send(eventsOf('create', order))
      return order
    },
    changeOrder(id, action) {
      const before = orders.get(id)
      if (!before) throw new Error(`The shop has no order ${id}.`)
      const after = reviseOrder(before, action, { random, at: now() })
      orders.set(id, after)
      send(eventsOf(action, after, before))
      return after
    },
    setStock({ inventoryItem, available, location = LOCATION }) {
      stock.set({ item: inventoryItem, location, available })
    },
    putProduct(given, at = now()) {
      const topic = products.has(given.id) ? 'products/update' : 'products/create'
      const product = { ...given, updated_at: at }
      products.set(given.id, product)
      send([{ topic, payload: product }])
    },
    removeProduct(id) {
      products.delete(id)
      send([{ topic: 'products/delete', payload: { id } }])
    },
    deliver: given => outbox.deliver(given),
    throttled: () => throttled,
    interruptWith: answer => interruptions.push(answer),
    listen: (port = 0) =>
      new Promise(resolve => {
        server.listen(port, '127.0.0.1', () =>
          resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
        )
      }),
    close() {
      outbox.close()
      server.closeAllConnections()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

const stockEvent = ({ item, location, available, updatedAt }: StockLevel): Event => ({
  topic: 'inventory_levels/update',
  payload: {
    inventory_item_id: item,
    location_id: location,
    available,
    updated_at: updatedAt,
    admin_graphql_api_id: `gid://shopify/InventoryLevel/${location}?inventory_item_id=${item}`,
  },
})
