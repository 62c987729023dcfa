import type { PushOperation } from '../../sdk/index.ts'
import type { Conformance } from '../../sdk/testkit/conformance.ts'
import { odoo } from './connector.ts'
import { createOdooSimulator } from './simulator.ts'

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
  pushes: { order: { operation: order, refused } },
  skips: {
    'creates what is missing': KEYS_ONLY,
    'finds all present the second time': KEYS_ONLY,
    'brings back what the partner dropped': KEYS_ONLY,
    'leaves those of others alone': KEYS_ONLY,
  },
  simulator: options => createOdooSimulator({ ...options, apiKey: KEY, articles: ARTICLES }),
}

export default conformance
