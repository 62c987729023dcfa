import type {
  Conformance,
  PartnerSimulator,
  PushKit,
  SimulatorOptions,
} from '../../sdk/testkit/conformance.ts'
import { BINNED_ORDER, samples, VARIABLE_PRODUCT, VARIATION } from './conformance-samples.ts'
import { woocommerce } from './connector.ts'
import { startWooSimulator, type WooSimulator, webhookHeaders } from './simulator.ts'
import { trackingsIn } from './trackings.ts'

const SHOP = 'https://conformance-kit.example'
const KEYS = { consumerKey: 'ck_0f1e2d3c4b5a69788796', consumerSecret: 'cs_a1b2c3d4e5f60718293a' }
const WEBHOOK_SECRET = 'whs_1f0c2d3e4b5a69788796a5b4c3d2'

/** Orders and articles that the pushed documents name. */
const FIRST_ORDER = 7_000
const skuOf = (n: number): string => `KIT-${n}`

async function simulator({ now, random }: SimulatorOptions): Promise<PartnerSimulator> {
  const shop = await startWooSimulator({ now, random, shopUrl: SHOP, ...KEYS })
  stock(shop, now() - 86_400_000)
  return {
    baseUrl: shop.baseUrl,
    close: () => shop.close(),
    seed: (feed, count, at) => Array.from({ length: count }, (_, n) => seedOne(shop, feed, at + n * 1_000)),
    touch(feed, id, at) {
      const record = recordOf(shop, feed, id)
      if (record) shop.touch(record, at)
    },
    stock: {
      shown: n => Number(articleOf(shop, n).stock_quantity),
      put: (n, units) => void Object.assign(articleOf(shop, n), { stock_quantity: units }),
      calls: 5,
    },
    held: resource => (resource === 'inventory' ? heldStock(shop) : heldTrackings(shop)),
    subscriptions: () =>
      [...shop.webhooks.values()].filter(isActive).map(({ topic, delivery_url: url }) => ({ topic, url })),
    dropSubscriptions() {
      for (const webhook of shop.webhooks.values()) webhook.status = 'disabled'
    },
  }
}

const isActive = ({ status }: { status: string }): boolean => status === 'active'

function stock(shop: WooSimulator, at: number): void {
  shop.placeOrder(at, BINNED_ORDER).status = 'trash'
  for (let n = 1; n <= 10; n++) {
    shop.placeOrder(at, FIRST_ORDER + n)
    const variation = n % 2 === 0 ? ({ type: 'variation', parent_id: VARIABLE_PRODUCT } as const) : {}
    shop.putProduct({ sku: skuOf(n), ...variation }, at)
  }
  shop.putProduct({ id: VARIABLE_PRODUCT, sku: '', type: 'variable' }, at)
  shop.putProduct({ id: VARIATION, sku: 'SYLT-S', type: 'variation', parent_id: VARIABLE_PRODUCT }, at)
}

function seedOne(shop: WooSimulator, feed: string, at: number): string {
  if (feed === 'inventory' || feed === 'product') {
    const id = shop.nextId()
    return String(shop.putProduct({ id, sku: `SEED-${id}` }, at).id)
  }
  const order = shop.placeOrder(at)
  if (feed === 'return') return String(shop.refund(order, at))
  if (feed === 'shipment') shop.track(order, `t${order.id}`)
  return feed === 'shipment' ? `t${order.id}` : String(order.id)
}

function recordOf(shop: WooSimulator, feed: string, id: string) {
  if (feed === 'inventory' || feed === 'product') return shop.products.get(Number(id))
  if (feed === 'return')
    return [...shop.orders.values()].find(({ refunds }) => refunds.some(refund => String(refund.id) === id))
  return shop.orders.get(Number(id.replace('t', '')))
}

const articleOf = ({ products }: WooSimulator, n: number) =>
  [...products.values()].find(({ sku }) => sku === skuOf(n))!

const heldStock = ({ products, writes }: WooSimulator) =>
  [...products.values()].flatMap(({ id, parent_id: parent, sku, stock_quantity: quantity }) => {
    const written = writes.get(parent ? `/products/${parent}/variations/${id}` : `/products/${id}`)
    return written ? [{ key: sku, body: quantity, writes: written }] : []
  })

const heldTrackings = ({ orders, writes }: WooSimulator) =>
  [...orders.values()].flatMap(order =>
    trackingsIn(order.meta_data).map(tracking => ({
      key: tracking.tracking_id,
      body: { ...tracking, status: order.status },
      writes: writes.get(`/orders/${order.id}`) ?? 0,
    })),
  )

const inventory: PushKit = {
  operation: (n, revision) => ({
    key: `kit:kit-erp:${skuOf(n)}`,
    body: { sku: skuOf(n), available: 10 * revision + n },
    dependencies: {},
  }),
  refused: () => ({ key: 'kit:kit-erp:none', body: { sku: 'NO-SUCH', available: 1 }, dependencies: {} }),
}

const shipmentOf = (n: number, revision: number) => ({
  status: 'shipped',
  shippedAt: '2026-05-12T08:00:00Z',
  lines: [{ sku: 'CUP', quantity: 1 }],
  packages: [
    {
      carrier: 'DHL Paket',
      trackingNumber: `0034043416109400000${n}`,
      trackingUrl: `https://dhl.example/${n}?revision=${revision}`,
    },
  ],
})

const shipment: PushKit = {
  operation: (n, revision) => ({
    key: `kit:kit-3pl:${n}`,
    body: shipmentOf(n, revision),
    dependencies: { [`kit:kit-woo:${FIRST_ORDER + n}`]: String(FIRST_ORDER + n) },
  }),
  refused: () => ({ key: 'kit:kit-3pl:0', body: shipmentOf(0, 1), dependencies: { 'kit:kit-woo:1': '1' } }),
}

const conformance: Conformance = {
  connector: woocommerce,
  connection: baseUrl => ({
    id: 'kit-woocommerce',
    tenant: 'kit',
    connector: 'woocommerce',
    settings: { shopUrl: SHOP, apiBaseUrl: baseUrl },
    secrets: {
      consumerKey: [KEYS.consumerKey],
      consumerSecret: [KEYS.consumerSecret],
      webhookSecret: [WEBHOOK_SECRET],
    },
  }),
  webhooks: {
    samples,
    vectors: 'woocommerce.json',
    sign: ({ topic, body, secret, deliveryId, url }) => ({
      ...{ method: 'POST', target: new URL(url).pathname, url, body },
      headers: webhookHeaders({ topic, body, secret, deliveryId, shopUrl: SHOP, webhookId: 535 }),
    }),
  },
  pushes: { inventory, shipment },
  simulator,
}

export default conformance
