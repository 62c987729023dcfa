import { createHmac } from 'node:crypto'
import { type Clock, systemClock } from '../../sdk/index.ts'
import type { Conformance, PartnerSimulator, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { articleOf, ORDERS_TO_SHIP, orderToShip, pushes } from './conformance-pushes.ts'
import { ORDER_THAT_IS_THERE, RETURN_THAT_IS_THERE, samples } from './conformance-samples.ts'
import { shopify } from './connector.ts'
import { API_VERSION } from './manifest.ts'
import { shopTime } from './shop-time.ts'
import { LOCATION } from './simulator/refund-lines.ts'
import {
  createShopifySimulator,
  generateOrder,
  type ShopifySimulator,
  SIMULATED_APP,
  signedWebhook,
} from './simulator.ts'

const SHOP = 'conformance-kit.myshopify.com'
const TIME_ZONE = 'America/New_York'
const WEBHOOK_SECRET = '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'
const ACCESS_TOKEN = 'shpat_0123456789abcdef0123456789abcdef'

async function simulator({ now, random }: SimulatorOptions): Promise<PartnerSimulator> {
  const clock: Clock = { now, timer: systemClock.timer }
  const shop = createShopifySimulator({
    ...{ clock, random, shop: SHOP, secret: WEBHOOK_SECRET },
    accessToken: ACCESS_TOKEN,
    timeZone: TIME_ZONE,
  })
  const place = (n: number, at: number) =>
    shop.placeOrder(generateOrder(random, n, { at, local: ms => shopTime(TIME_ZONE, ms) }))
  place(ORDER_THAT_IS_THERE, now() - 86_400_000)
  for (let n = 1; n <= ORDERS_TO_SHIP; n++) shop.placeOrder(orderToShip(n))
  shop.returns.set(RETURN_THAT_IS_THERE.id, RETURN_THAT_IS_THERE)
  return {
    baseUrl: await shop.listen(),
    close: () => shop.close(),
    seed: (feed, count, at) =>
      Array.from({ length: count }, (_, index) => {
        const when = at + index * 1_000
        if (feed === 'inventory') return seedLevel(shop, index, when)
        if (feed === 'product') return seedProduct(shop, SEEDED_PRODUCT + index, when)
        return String(place(shop.orders.size + 1, when).id)
      }),
    stock: {
      shown: n => shop.stock.levels.get(`${articleOf(n).inventoryItem}@${LOCATION}`)!.available!,
      put: (n, units) =>
        shop.setStock({ inventoryItem: articleOf(n).inventoryItem, available: units, location: LOCATION }),
      calls: 6,
    },
    held: resource => (resource === 'shipment' ? shop.fulfilment.held() : stockHeld(shop)),
    expireTokens: () => shop.tokens.expire(),
    tokensGiven: () => shop.tokens.given(),
    touch(feed, id, at) {
      if (feed === 'inventory') recount(shop, Number(id), at)
      else if (feed === 'product') seedProduct(shop, Number(id), at)
      else touchOrder(shop, Number(id), at)
    },
    subscriptions: () => [...shop.subscriptions.all.values()].map(({ topic, uri }) => ({ topic, url: uri })),
    dropSubscriptions() {
      for (const id of [...shop.subscriptions.all.keys()]) shop.subscriptions.remove(id)
    },
  }
}

/** Items beside the catalogue’s, in two places by turns. */
const SEEDED_ITEM = 48_000_000_000

function seedLevel(shop: ShopifySimulator, index: number, at: number): string {
  const item = SEEDED_ITEM + index
  recount(shop, item, at)
  return String(item)
}

const SEEDED_PRODUCT = 8_300_000_000

function seedProduct(shop: ShopifySimulator, id: number, at: number): string {
  const variants = [{ id: id * 10, title: 'Default Title', sku: `SEED-${id}`, price: '19.90', position: 1 }]
  shop.putProduct({ id, title: `Seeded ${id}`, handle: `seeded-${id}`, variants }, shopTime(TIME_ZONE, at))
  return String(id)
}

function recount({ stock }: ShopifySimulator, item: number, at: number): void {
  const location = item % 2 === 0 ? LOCATION : LOCATION + 1
  const before = stock.levels.get(`${item}@${location}`)?.available ?? 0
  stock.set({ item, location, available: before + 1, at: shopTime(TIME_ZONE, at) })
}

/** Levels that the API has set; those that the shop began with do not count. */
const stockHeld = ({ stock }: ShopifySimulator) =>
  [...stock.levels]
    .filter(([, { writes }]) => writes > 0)
    .map(([key, level]) => ({ key, body: level, writes: level.writes }))

function touchOrder(shop: ShopifySimulator, id: number, at: number): void {
  const order = shop.orders.get(id)
  if (order) shop.placeOrder({ ...order, updated_at: shopTime(TIME_ZONE, at) })
}

const conformance: Conformance = {
  connector: shopify,
  connection: baseUrl => ({
    id: 'kit-shopify',
    tenant: 'kit',
    connector: 'shopify',
    settings: { shop: SHOP, apiBaseUrl: baseUrl },
    secrets: {
      webhookSecret: [WEBHOOK_SECRET],
      accessToken: [ACCESS_TOKEN],
      refreshToken: [SIMULATED_APP.refreshToken],
      clientId: [SIMULATED_APP.clientId],
      clientSecret: [WEBHOOK_SECRET],
    },
  }),
  webhooks: {
    samples,
    vectors: 'shopify.json',
    sign({ topic, body, secret, at, deliveryId, url }) {
      const event = { topic, secret, shop: SHOP, apiVersion: API_VERSION, triggeredAt: at, payload: null }
      const { headers } = signedWebhook({ ...event, eventId: deliveryId, webhookId: `webhook-${deliveryId}` })
      // The simulator signs what it makes; here the bytes are given.
      headers['X-Shopify-Hmac-Sha256'] = createHmac('sha256', secret).update(body).digest('base64')
      return { method: 'POST', target: new URL(url).pathname, url, headers, body }
    },
  },
  pushes,
  simulator,
}

export default conformance
