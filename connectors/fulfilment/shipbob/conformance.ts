import type { PushOperation } from '../../sdk/index.ts'
import type { Conformance } from '../../sdk/testkit/conformance.ts'
import { shipbob } from './connector.ts'
import { createShipbobSimulator, signShipbob } from './simulator.ts'
import { WEBHOOK_TOPICS } from './topics.ts'

const TOKEN = 'PAT-simulated-0000000001'
const SECRET = `whsec_${Buffer.from('a simulated secret of shipbob').toString('base64')}`
const CHANNEL = 105

const shipment = (topic: string): Record<string, unknown> => ({
  id: 880001,
  order_id: 770001,
  reference_id: '1001',
  status: topic.endsWith('cancelled') ? 'Cancelled' : topic.endsWith('on_hold') ? 'OnHold' : 'Completed',
  created_date: '2026-05-04T09:00:00Z',
  last_update_at: '2026-05-05T17:30:00Z',
  location: { id: 8, name: 'Cicero (IL)' },
  recipient: {
    name: 'Mara Lindqvist',
    email: 'mara.lindqvist@example.com',
    phone_number: '+1 312 555 0117',
    address: { address1: '12 Canal St', city: 'Chicago', state: 'IL', zip_code: '60606', country: 'US' },
  },
  products: [
    {
      id: 31,
      name: 'Trail Mug',
      sku: 'MUG-1',
      inventory_items: [{ id: 91, name: 'Trail Mug', quantity: 2 }],
    },
  ],
  tracking: { carrier: 'UPS', tracking_number: '1Z999AA10123456784', shipping_date: '2026-05-05T17:00:00Z' },
})

const returned = (): Record<string, unknown> => ({
  id: 4401,
  status: 'Completed',
  insert_date: '2026-05-10T08:00:00Z',
  completed_date: '2026-05-13T08:00:00Z',
  store_order_id: '#1001',
  customer_name: 'Mara Lindqvist',
  invoice: { amount: 3.5, currency_code: 'USD' },
  inventory: [{ id: 91, name: 'Trail Mug', sku: 'MUG-1', quantity: 1 }],
})

const order = (n: number, revision: number): Pick<PushOperation, 'key' | 'body' | 'dependencies'> => ({
  key: `kit:kit-shop:${n}`,
  body: {
    order_number: `#${n}`,
    type: 'DTC',
    shipping_method: 'Standard',
    recipient: {
      name: 'Mara Lindqvist',
      address: { address1: `${revision} Canal St`, city: 'Chicago', country: 'US' },
    },
    products: [{ sku: 'MUG-1', reference_id: 'MUG-1', name: 'Trail Mug', quantity: revision }],
  },
  dependencies: {},
})

const conformance: Conformance = {
  connector: shipbob,
  connection: baseUrl => ({
    id: 'kit-shipbob',
    tenant: 'kit',
    connector: 'shipbob',
    settings: { channelId: CHANNEL, apiBaseUrl: baseUrl },
    secrets: { accessToken: [TOKEN], webhookSecret: [SECRET] },
  }),
  webhooks: {
    samples: Object.entries(WEBHOOK_TOPICS).map(([topic, resource]) => ({
      topic,
      body: resource === 'shipment' ? shipment(topic) : returned(),
    })),
    sign: delivery => ({
      method: 'POST',
      target: new URL(delivery.url).pathname,
      url: delivery.url,
      headers: signShipbob(delivery),
      body: delivery.body,
    }),
    toleranceSeconds: 300,
  },
  pushes: {
    order: {
      operation: order,
      refused: () => ({
        ...order(1, 1),
        key: 'kit:kit-shop:empty',
        body: { ...order(1, 1).body, products: [] },
      }),
    },
  },
  simulator: options =>
    createShipbobSimulator({ ...options, token: TOKEN, channelId: CHANNEL, secret: SECRET }),
}

export default conformance
