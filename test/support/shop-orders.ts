import { generateOrder, type RestOrder } from '#connectors/storefronts/shopify/simulator.ts'
import type { ComposedEngine } from './composed-engine.ts'
import { seeded } from './seeded.ts'

/** Orders of many shapes: currencies, discounts, taxes in the price, beside it and none. The same ones every time. */
export function shopOrders(count: number, at: number): RestOrder[] {
  const random = seeded(7)
  return Array.from({ length: count }, (_, n) => {
    const order = generateOrder(random, n + 1, { at: at + n * 1_000 })
    return order.taxes_included && n % 2 === 0 ? untaxed(order) : order
  })
}

/** Where prices include the tax, what is to be paid stays the same without it. */
function untaxed(order: RestOrder): RestOrder {
  const free = <T extends object>(part: T): T => ({ ...part, tax_lines: [] })
  const nothing = { ...order.total_tax_set }
  for (const money of Object.values(nothing)) Object.assign(money, { amount: '0.00' })
  return {
    ...free(order),
    ...{
      total_tax: '0.00',
      current_total_tax: '0.00',
      total_tax_set: nothing,
      current_total_tax_set: nothing,
    },
    line_items: order.line_items.map(free),
    shipping_lines: order.shipping_lines.map(free),
  }
}

/** Each order as one webhook into the inbox; returns the message ids. */
export async function receiveOrders(
  { engine, base, clock }: ComposedEngine,
  orders: readonly RestOrder[],
  topic = 'orders/create',
): Promise<string[]> {
  const connection = (await base.directory.get('acme-shopify'))!
  const ids: string[] = []
  for (const order of orders) {
    const body = Buffer.from(JSON.stringify(order))
    const dedupeKey = `${topic} ${order.id} ${order.updated_at}`
    const received = await engine.accept(
      connection,
      'webhook',
      [{ topic, dedupeKey, headers: {}, body }],
      clock.now(),
    )
    ids.push(...received.ids)
    await clock.advance(10)
  }
  return ids
}
