import type { PushOperation } from '../../sdk/index.ts'
import type { Conformance, SimulatedStock, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { ebay } from './connector.ts'
import { orderIdOf, skuOf } from './simulator/draw-order.ts'
import type { Seller } from './simulator/seller.ts'
import { createSigningKey, notificationOf, signNotification } from './simulator/signing.ts'
import { createEbaySimulator, type EbaySimulator } from './simulator.ts'
import { ACCOUNT_DELETION, ITEM_MARKED_SHIPPED, ORDER_CONFIRMATION } from './topics.ts'

const APP = {
  clientId: 'Simulated-Crossdock-PRD-0000000001',
  clientSecret: 'PRD-simulated-cert-id-0000000001',
  refreshToken: 'v^1.1#simulated-refresh-token-0001',
}

/** The first token that the simulator gives out. */
const FIRST_TOKEN = 'v^1.1#simulated-user-1'

const KEY = createSigningKey('b6f1c0de-0000-4000-8000-000000000001')

/** Orders that shipments are pushed for, changed long before any poll. */
const ORDERS = 14
const SHIPPED = 14
const LONG_AGO_MS = 200 * 86_400_000

async function simulator(options: SimulatorOptions): Promise<EbaySimulator> {
  const made = await createEbaySimulator({ ...options, ...APP, key: KEY })
  const { seller, tokens } = made
  for (let n = 1; n <= ORDERS; n++) {
    seller.addOrder(options.now() - LONG_AGO_MS)
    seller.addItem(skuOf(n), 5)
  }
  const order = seller.orders.get(orderIdOf(SHIPPED))!
  const shippedDate = new Date(options.now() - LONG_AGO_MS).toISOString()
  seller.ship(order, {
    shipmentTrackingNumber: '9400111899223000000001',
    shippingCarrierCode: 'USPS',
    shippedDate,
    lineItems: order.lineItems.map(({ lineItemId, quantity }) => ({ lineItemId, quantity })),
  })
  seller.touch(order.orderId, options.now() - LONG_AGO_MS)
  tokens.grant('user')
  return { ...made, stock: stockIn(seller) }
}

const stockIn = ({ items }: Seller): SimulatedStock => ({
  shown(n) {
    const { quantity, offers } = items.get(skuOf(n))!
    return Math.min(quantity, ...offers.map(({ availableQuantity }) => availableQuantity))
  },
  put(n, units) {
    const item = items.get(skuOf(n))!
    item.quantity = units
    for (const offer of item.offers) offer.availableQuantity = units
  },
  // The offers of each article are asked for one by one.
  calls: 10 + 2,
})

/** The id is filled in where the notification is signed. */
const sample = (topic: string, data: object): Record<string, unknown> =>
  notificationOf({ topic, id: 'sample', at: Date.UTC(2026, 4, 12, 9, 0), data })

const seen = { userId: 'sImuLated1', username: 'simulated_outdoor' }

const shipment = (n: number, revision: number): Pick<PushOperation, 'key' | 'body' | 'dependencies'> => ({
  key: `kit:kit-3pl:shipment-${n}`,
  body: {
    externalId: `shipment-${n}`,
    channel: 'kit-3pl',
    orderId: orderIdOf(n),
    status: 'shipped',
    shippedAt: '2026-05-12T08:00:00Z',
    lines: [],
    packages: [{ carrier: 'UPS', trackingNumber: `1Z 999AA1-00${n}${revision}` }],
  },
  dependencies: { [`order:kit:kit-ebay:${orderIdOf(n)}`]: orderIdOf(n) },
})

const stock = (sku: string, available: number): Pick<PushOperation, 'key' | 'body' | 'dependencies'> => ({
  key: `kit:kit-erp:${sku}`,
  body: { externalId: sku, channel: 'kit-erp', sku, location: { externalId: 'main' }, available },
  dependencies: {},
})

const conformance: Conformance = {
  connector: ebay,
  connection: baseUrl => ({
    id: 'kit-ebay',
    tenant: 'kit',
    connector: 'ebay',
    settings: { apiBaseUrl: baseUrl, alertEmail: 'alerts@hub.example' },
    secrets: {
      clientId: [APP.clientId],
      clientSecret: [APP.clientSecret],
      refreshToken: [APP.refreshToken],
      accessToken: [FIRST_TOKEN],
      verificationToken: ['simulated-verification-token-0000001'],
    },
  }),
  webhooks: {
    secretName: null,
    vectors: 'ebay.json',
    samples: [
      {
        topic: ORDER_CONFIRMATION,
        thin: true,
        body: sample(ORDER_CONFIRMATION, {
          user: seen,
          order: {
            orderId: orderIdOf(1),
            orderLineItems: [{ orderLineItemId: '10011000000000', listingId: '110110000000', quantity: 1 }],
          },
        }),
      },
      {
        topic: ITEM_MARKED_SHIPPED,
        thin: true,
        body: sample(ITEM_MARKED_SHIPPED, { user: seen, order: { orderId: orderIdOf(SHIPPED) } }),
      },
      {
        topic: ACCOUNT_DELETION,
        body: sample(ACCOUNT_DELETION, {
          username: 'gone_buyer',
          userId: 'gOnE1',
          eiasToken: 'c2ltdWxhdGVk',
        }),
      },
    ],
    sign({ body, deliveryId, url }) {
      const bytes = Buffer.from(
        body.toString().replace('"notificationId":"sample"', `"notificationId":"${deliveryId}"`),
      )
      return {
        method: 'POST',
        target: new URL(url).pathname,
        url,
        headers: signNotification(KEY, bytes),
        body: bytes,
      }
    },
  },
  pushes: {
    shipment: {
      operation: shipment,
      refused: () => {
        const { body, ...rest } = shipment(1, 1)
        return { ...rest, body: { ...body, lines: [{ sku: 'NOT-IN-THE-ORDER', quantity: 1 }] } }
      },
    },
    inventory: {
      operation: (n, revision) => stock(skuOf(n), n * 10 + revision),
      // Answered with 207: the batch went through, this line did not.
      refused: () => stock('UNKNOWN-1', 1),
    },
  },
  simulator,
}

export default conformance
