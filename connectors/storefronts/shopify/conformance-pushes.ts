import type { PushOperation } from '../../sdk/index.ts'
import type { PushKit } from '../../sdk/testkit/conformance.ts'
import { shopTime } from './shop-time.ts'
import { ARTICLES } from './simulator/catalogue.ts'
import { generateOrder, type RestOrder } from './simulator.ts'

type Operation = Pick<PushOperation, 'key' | 'body' | 'dependencies'>

/** Orders that the kit’s shop holds from its beginning on, to be shipped. */
export const ORDERS_TO_SHIP = 10
const FIRST = 910_001
const AT = Date.UTC(2026, 4, 11, 8)

/** Always the same draw for one number: the shop’s order and the document about it fit together. */
export const orderToShip = (n: number): RestOrder =>
  generateOrder(() => 0.42, FIRST + n - 1, {
    at: AT,
    local: ms => shopTime('America/New_York', ms),
    currency: 'USD',
  })

/** What the nth stock document is about. */
export const articleOf = (n: number) => ARTICLES[(n - 1) % ARTICLES.length]!

function stock(n: number, revision: number): Operation {
  const { sku } = articleOf(n)
  return {
    key: `kit:kit-warehouse:${sku}`,
    body: {
      externalId: `${sku}@w1`,
      channel: 'kit',
      sku,
      location: { externalId: 'w1' },
      available: 100 * revision + n,
    },
    dependencies: {},
  }
}

function shipment(n: number, revision: number): Operation {
  const order = orderToShip(n)
  const trackingNumber = `1Z999AA1${String(10_000_000 + n)}`
  const scans = [
    { at: '2026-05-12T06:00:00Z', status: 'in-transit', city: 'Louisville', country: 'US' },
    { at: '2026-05-13T10:15:00Z', status: 'delivered', city: 'Bend', country: 'US' },
  ].slice(0, revision)
  return {
    key: `kit:kit-3pl:${n}`,
    body: {
      externalId: `S-${n}`,
      channel: 'kit',
      orderId: String(order.id),
      status: scans.at(-1)!.status,
      lines: order.line_items.map(({ sku, quantity }) => ({ sku, quantity })),
      packages: [{ carrier: 'UPS', trackingNumber, events: scans }],
    },
    dependencies: { [`order:kit:kit-shopify:${order.id}`]: String(order.id) },
  }
}

export const pushes: { inventory: PushKit; shipment: PushKit } = {
  inventory: {
    operation: stock,
    refused: () => ({ ...stock(1, 1), body: { ...stock(1, 1).body, sku: 'NO-SUCH-THING' } }),
  },
  shipment: {
    operation: shipment,
    refused: () => ({
      ...shipment(1, 1),
      body: { ...shipment(1, 1).body, lines: [{ sku: 'NO-SUCH-THING', quantity: 1 }] },
    }),
  },
}
