import type { WebhookSample } from '../../sdk/testkit/conformance.ts'
import { shopTime } from './shop-time.ts'
import { eventsOf } from './simulator/events.ts'
import { generateOrder, type OrderAction, type RestOrder, reviseOrder } from './simulator.ts'

/** Number of an order that the kit's shop holds from its beginning on: thin payloads name it. */
export const ORDER_THAT_IS_THERE = 900_001

const AT = Date.UTC(2026, 4, 12, 8)
const local = (ms: number) => shopTime('America/New_York', ms)

/** The life of one order as the simulator tells it: every topic about it occurs. */
function lifeOfAnOrder(): WebhookSample[] {
  // Always the same draw: no discount, no tax in the price, two lines and more.
  const random = () => 0.42
  let order: RestOrder = generateOrder(random, ORDER_THAT_IS_THERE, { at: AT, local, currency: 'USD' })
  const samples = eventsOf('create', order)
  const actions: OrderAction[] = ['pay', 'edit', 'fulfil', 'fulfil', 'refund', 'cancel']
  for (const [index, action] of actions.entries()) {
    const before = order
    order = reviseOrder(before, action, { random, at: local(AT + (index + 1) * 60_000) })
    samples.push(...eventsOf(action, order, before))
  }
  return samples.map(({ topic, payload }) => ({
    topic,
    body: payload as Record<string, unknown>,
    ...(topic === 'orders/edited' ? { thin: true } : {}),
  }))
}

const level = {
  inventory_item_id: 39_072_856,
  location_id: 655_441_491,
  available: 7,
  updated_at: '2026-05-12T04:00:00-04:00',
  admin_graphql_api_id: 'gid://shopify/InventoryLevel/655441491?inventory_item_id=39072856',
}

const product = {
  id: 788_032_119,
  admin_graphql_api_id: 'gid://shopify/Product/788032119',
  title: 'Linen shirt “Sylt”',
  handle: 'linen-shirt-sylt',
  body_html: '<p>Light and crisp.</p>',
  vendor: 'Nordlicht',
  product_type: 'Shirts',
  status: 'active',
  tags: 'linen, summer',
  created_at: '2026-01-02T09:00:00-05:00',
  updated_at: '2026-05-12T04:00:00-04:00',
  published_at: '2026-01-02T09:00:00-05:00',
  options: [{ id: 1, product_id: 788_032_119, name: 'Size', position: 1, values: ['S', 'M'] }],
  images: [],
  variants: ['S', 'M'].map((size, index) => ({
    id: 642_667_041 + index,
    product_id: 788_032_119,
    title: size,
    option1: size,
    option2: null,
    option3: null,
    sku: `SYLT-${size}`,
    barcode: null,
    price: '59.90',
    compare_at_price: null,
    position: index + 1,
    inventory_item_id: 39_072_856 + index,
    taxable: true,
    grams: 210,
    weight: 0.21,
    weight_unit: 'kg',
  })),
}

/** Thin: what the topic says of it stands in the topic. */
const returned = {
  id: 945_000_001,
  admin_graphql_api_id: 'gid://shopify/Return/945000001',
  name: '#900001-R1',
  status: 'open',
  order: { id: 6_100_000_900_001, admin_graphql_api_id: 'gid://shopify/Order/6100000900001' },
  return_line_items: [{ id: 7_001, quantity: 1 }],
}

/** The same as the shop’s API gives it. */
export const RETURN_THAT_IS_THERE = {
  id: returned.admin_graphql_api_id,
  name: returned.name,
  status: 'OPEN',
  createdAt: '2026-05-12T08:00:00Z',
  closedAt: null,
  order: { id: returned.order.admin_graphql_api_id, name: '#900001', currencyCode: 'USD' },
  returnLineItems: {
    nodes: [
      {
        __typename: 'ReturnLineItem',
        id: 'gid://shopify/ReturnLineItem/7001',
        quantity: 1,
        refundedQuantity: 0,
        returnReasonDefinition: { handle: 'size-too-small', name: 'Size was too small' },
        returnReasonNote: 'One size up, please.',
        fulfillmentLineItem: {
          lineItem: { id: 'gid://shopify/LineItem/81', sku: 'SYLT-M', title: 'Linen shirt “Sylt”' },
        },
      },
    ],
    pageInfo: { hasNextPage: false, endCursor: null },
  },
  refunds: { nodes: [] },
}

const RETURN_STEPS = ['request', 'approve', 'decline', 'cancel', 'reopen', 'close']

const life = lifeOfAnOrder()

/** One and more for every topic. */
export const samples: readonly WebhookSample[] = [
  ...life,
  ...life.flatMap(sample =>
    sample.topic === 'fulfillments/create' ? [{ ...sample, topic: 'fulfillments/update' }] : [],
  ),
  ...RETURN_STEPS.map(step => ({ topic: `returns/${step}`, body: returned, thin: true })),
  { topic: 'inventory_levels/update', body: level },
  { topic: 'inventory_levels/connect', body: { ...level, available: null } },
  { topic: 'products/create', body: product },
  { topic: 'products/update', body: { ...product, title: 'Linen shirt Sylt' } },
  { topic: 'products/delete', body: { id: 788_032_119 } },
]
