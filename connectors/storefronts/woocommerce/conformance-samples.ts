import type { WebhookSample } from '../../sdk/testkit/conformance.ts'
import { generateOrder } from './simulator/generate-order.ts'
import { times } from './simulator/records.ts'

/** What the kit’s shop holds from its beginning on, because thin payloads name it. */
export const BINNED_ORDER = 900_001
export const VARIABLE_PRODUCT = 900_100
export const VARIATION = 900_101

const AT = Date.UTC(2026, 4, 12, 8)

// Always the same draw: no coupon, two lines.
const order = (change: Record<string, unknown> = {}) => ({ ...generateOrder(() => 0.42, 501, AT), ...change })

const product = {
  ...{
    id: 46,
    parent_id: 0,
    name: 'Stoneware cup &#8220;Sylt&#8221;',
    slug: 'cup-sylt',
    type: 'simple',
    status: 'publish',
  },
  ...{
    sku: 'CUP',
    price: '12.90',
    regular_price: '12.90',
    sale_price: '',
    virtual: false,
    tax_status: 'taxable',
  },
  ...{ manage_stock: true, stock_quantity: 14, stock_status: 'instock', weight: '0.35', variations: [] },
  ...{
    attributes: [],
    categories: [{ id: 3, name: 'Kitchen &amp; table', slug: 'kitchen' }],
    tags: [],
    images: [],
  },
  ...times('created', AT),
  ...times('modified', AT),
}

/** One and more for every topic. */
export const samples: readonly WebhookSample[] = [
  { topic: 'order.created', body: order() },
  { topic: 'order.updated', body: order({ status: 'completed', ...times('completed', AT + 60_000) }) },
  {
    topic: 'order.updated',
    body: order({ status: 'refunded', refunds: [{ id: 9, reason: '', total: '-4.90' }] }),
  },
  { topic: 'order.restored', body: order({ status: 'on-hold' }) },
  { topic: 'order.deleted', body: { id: BINNED_ORDER }, thin: true },
  { topic: 'product.created', body: product },
  { topic: 'product.updated', body: product },
  {
    topic: 'product.updated',
    body: { ...product, id: VARIATION, parent_id: VARIABLE_PRODUCT, type: 'variation' },
    thin: true,
  },
  { topic: 'product.restored', body: { ...product, id: VARIABLE_PRODUCT, type: 'variable' }, thin: true },
  { topic: 'product.deleted', body: { id: 46 } },
]
