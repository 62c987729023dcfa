import { createHash } from 'node:crypto'
import type { Conformance, PushKit, SimulatedStock, WebhookSample } from '../../sdk/testkit/conformance.ts'
import { bigcommerce } from './connector.ts'
import type { Store } from './simulator/store.ts'
import { createBigcommerceSimulator, signBigcommerce } from './simulator.ts'
import { WEBHOOK_TOPICS } from './topics.ts'

const TOKEN = 'kit-access-token-0000000001'
const SECRET = 'kit-client-secret-of-the-app-0001'
const HASH = 'kit4store'

/** What the samples and the pushed documents name. */
const [FIRST_ORDER, SHIPPED_ORDER, SHIPMENT, REFUND, PRODUCT, VARIANT] = [700, 750, 751, 752, 760, 761]
const skuOf = (n: number): string => `KIT-${n}`

function fill(store: Store, at: number): void {
  for (let n = 1; n <= 10; n++) {
    store.placeOrder(at, FIRST_ORDER + n)
    store.putStock(800 + n, skuOf(n))
  }
  const order = store.placeOrder(at, SHIPPED_ORDER)
  const items = order.products.slice(0, 1).map(({ id }) => ({ order_product_id: id, quantity: 1 }))
  store.ship(order, { tracking_number: '1Z999AA10123456784', shipping_provider: 'ups', items }, SHIPMENT)
  store.refund(order, at, REFUND)
  store.putProduct(at, PRODUCT)
  store.putStock(VARIANT, 'MUG-1')
}

function dataOf(topic: string): Record<string, unknown> {
  if (topic.includes('/inventory/'))
    return topic.startsWith('store/sku/')
      ? {
          type: 'sku',
          id: 461,
          inventory: { product_id: PRODUCT, method: 'absolute', value: 5, variant_id: VARIANT },
        }
      : { type: 'product', id: PRODUCT, inventory: { product_id: PRODUCT, method: 'absolute', value: 5 } }
  if (topic.startsWith('store/product/')) return { type: 'product', id: PRODUCT }
  if (topic.startsWith('store/shipment/')) return { type: 'shipment', id: SHIPMENT, orderId: SHIPPED_ORDER }
  if (topic.includes('/transaction/'))
    return { type: 'transaction', order_id: String(SHIPPED_ORDER), transaction_id: '176342342' }
  if (topic.includes('/refund/')) return { type: 'order', id: SHIPPED_ORDER, refund: { refund_id: REFUND } }
  return { type: 'order', id: SHIPPED_ORDER }
}

function sampleOf(topic: string): WebhookSample {
  const data = dataOf(topic)
  const hash = createHash('sha1').update(JSON.stringify(data)).digest('hex')
  const envelope = { scope: topic, store_id: '1025646', data, hash, created_at: 1_778_578_245 }
  return { topic, body: { ...envelope, producer: `stores/${HASH}` }, thin: !topic.endsWith('/deleted') }
}

const shipment: PushKit = {
  operation: (n, revision) => ({
    key: `kit:kit-3pl:${n}`,
    body: {
      status: 'shipped',
      lines: [{ sku: 'MUG-1', quantity: 1 }],
      packages: [
        {
          ...{ carrier: 'UPS', trackingNumber: `1Z999AA1000000000${n}` },
          trackingUrl: `https://ups.example/${n}?revision=${revision}`,
        },
      ],
    },
    dependencies: { [`kit:kit-bigcommerce:${FIRST_ORDER + n}`]: String(FIRST_ORDER + n) },
  }),
  refused: () => ({
    key: 'kit:kit-3pl:none',
    body: { status: 'shipped', lines: [{ sku: 'NO-SUCH', quantity: 1 }], packages: [] },
    dependencies: { 'kit:kit-bigcommerce:701': '701' },
  }),
}

const inventory: PushKit = {
  operation: (n, revision) => ({
    key: `kit:kit-erp:${skuOf(n)}`,
    body: { sku: skuOf(n), available: 10 * revision + n },
    dependencies: {},
  }),
  refused: () => ({ key: 'kit:kit-erp:none', body: { sku: 'NO-SUCH', available: 1 }, dependencies: {} }),
}

const stockIn = ({ stock }: Store): SimulatedStock => {
  const articleOf = (n: number) => [...stock.values()].find(({ sku }) => sku === skuOf(n))!
  return {
    shown: n => articleOf(n).onHand - articleOf(n).safety,
    put: (n, units) => void Object.assign(articleOf(n), { onHand: units + articleOf(n).safety }),
    // The last one stands for halves: an article that is gone is told before anything is written.
    calls: 4,
  }
}

const FOR_EVER =
  'A BigCommerce token stays good until the app is taken off the store; there is none to refresh it with.'

const conformance: Conformance = {
  connector: bigcommerce,
  connection: baseUrl => ({
    id: 'kit-bigcommerce',
    tenant: 'kit',
    connector: 'bigcommerce',
    settings: { storeHash: HASH, apiBaseUrl: baseUrl },
    secrets: { accessToken: [TOKEN], webhookSecret: [SECRET] },
  }),
  webhooks: {
    samples: Object.keys(WEBHOOK_TOPICS).map(sampleOf),
    sign: delivery => ({
      method: 'POST',
      target: new URL(delivery.url).pathname,
      url: delivery.url,
      headers: signBigcommerce(delivery),
      body: delivery.body,
    }),
    toleranceSeconds: 300,
  },
  pushes: { shipment, inventory },
  async simulator(options) {
    const simulator = await createBigcommerceSimulator({ ...options, token: TOKEN, storeHash: HASH })
    fill(simulator.store, options.now() - 86_400_000)
    return { ...simulator, stock: stockIn(simulator.store) }
  },
  skips: {
    'a token that ended is renewed once, though ten calls need it': FOR_EVER,
    'every kind of call survives a token that ended': FOR_EVER,
  },
}

export default conformance
