import type { PushOperation } from '../../sdk/index.ts'
import type { Conformance, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { odoo } from './connector.ts'
import { seedOrders } from './simulator/seed-orders.ts'
import { createOdooSimulator, type OdooSimulator } from './simulator.ts'

const KEY = '5f1e0b7c9a3d4e6f8091a2b3c4d5e6f708192a3b'
const ARTICLES = ['MUG-1', 'CARD-1', 'SHIP', 'DISCOUNT', 'ROUNDING']

type Pushed = Pick<PushOperation, 'key' | 'body' | 'dependencies'>

const order = (n: number, revision: number): Pushed => ({
  key: `kit:kit-shop:${n}`,
  body: {
    cancelled: false,
    currency: 'USD',
    taxesIncluded: false,
    total: String(12.5 * revision + 5),
    partner: {
      key: `c${n}`,
      name: 'Mara Lindqvist',
      email: `mara${n}@example.com`,
      city: 'Chicago',
      country: 'US',
    },
    delivery: { name: 'Mara Lindqvist', street: `${n} Canal St`, city: 'Chicago', country: 'US' },
    order: { client_order_ref: `#${n}`, origin: `shop ${n}`, date_order: '2026-05-04T08:00:00Z' },
    lines: [
      {
        ...{ id: 'line 1', sku: 'MUG-1', name: 'Trail Mug', quantity: revision, product_uom_qty: revision },
        price_unit: '12.50',
      },
    ],
    shipping: [{ id: 'shipping 1', name: 'Standard', quantity: 1, product_uom_qty: 1, price_unit: '5.00' }],
  },
  dependencies: {},
})

/** An article that nobody has made in Odoo. */
function refused(): Pushed {
  const { body, ...rest } = order(1, 1)
  const [line] = body['lines'] as Record<string, unknown>[]
  return { ...rest, key: 'kit:kit-shop:refused', body: { ...body, lines: [{ ...line, sku: 'NOBODY-1' }] } }
}

/** The nth of the orders that are still to be delivered, or of those that were. */
const orderOf = (n: number, delivered: boolean) => ({
  [`order:kit:kit-shop:${n}`]: String(2 * n - (delivered ? 0 : 1)),
})

const shipment = (n: number, revision: number): Pushed => ({
  key: `kit:kit-3pl:shipment-${n}`,
  body: {
    status: 'shipped',
    picking: { carrier_tracking_ref: `1Z99${n}-${revision}` },
    lines: [{ sku: 'MUG-1', quantity: 3 }],
  },
  dependencies: orderOf(n, false),
})

/** What was paid back does not change any more; the goods come later. */
const returned = (n: number, revision: number): Pushed => ({
  key: `kit:kit-shop:return-${n}`,
  body: {
    ...{ currency: 'USD', refunded: '10.00', credit: { ref: `refund ${n}` } },
    lines: [{ sku: 'MUG-1', name: 'Trail Mug', quantity: 1, amount: '10.00', restock: revision > 1 }],
  },
  dependencies: orderOf(n, true),
})

async function simulator(options: SimulatorOptions): Promise<OdooSimulator> {
  const made = await createOdooSimulator({ ...options, apiKey: KEY, articles: ARTICLES })
  seedOrders(made.database, 12)
  return made
}

const KEYS_ONLY = 'Odoo calls nobody: what is kept is the API key.'

const conformance: Conformance = {
  connector: odoo,
  connection: baseUrl => ({
    id: 'kit-odoo',
    tenant: 'kit',
    connector: 'odoo',
    settings: { baseUrl, products: { shipping: 'SHIP', discount: 'DISCOUNT', rounding: 'ROUNDING' } },
    secrets: { apiKey: [KEY] },
  }),
  pushes: {
    order: { operation: order, refused },
    shipment: {
      operation: shipment,
      refused: () => ({
        ...shipment(1, 1),
        body: { status: 'shipped', lines: [{ sku: 'MUG-1', quantity: 11 }] },
      }),
    },
    return: {
      operation: returned,
      refused: () => ({ ...returned(1, 1), body: { ...returned(1, 1).body, refunded: '11.00' } }),
    },
  },
  skips: {
    'creates what is missing': KEYS_ONLY,
    'finds all present the second time': KEYS_ONLY,
    'brings back what the partner dropped': KEYS_ONLY,
    'leaves those of others alone': KEYS_ONLY,
  },
  simulator,
}

export default conformance
