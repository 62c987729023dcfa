import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  generateOrder,
  type OrderAction,
  type RestOrder,
  reviseOrder,
} from '#connectors/storefronts/shopify/simulator.ts'
import { addMoney, multiplyMoney, subtractMoney } from '#core/kernel/money.ts'
import { seeded } from './context.ts'

const AT = Date.UTC(2026, 0, 15, 12)
const ACTIONS: OrderAction[] = ['pay', 'edit', 'fulfil', 'refund', 'cancel']

type Side = 'shop_money' | 'presentment_money'

/** Total as the canonical invariant wants it, from the parts of the order. */
function balance(order: RestOrder, side: Side): string {
  const currency = side === 'shop_money' ? order.currency : order.presentment_currency
  const lines = order.line_items.map(line =>
    multiplyMoney(line.price_set[side].amount, line.quantity, currency),
  )
  const shipping = order.shipping_lines.map(line => line.price_set[side].amount)
  const all = [...order.line_items, ...order.shipping_lines]
  const discounts = all.flatMap(line =>
    line.discount_allocations.map(allocation => allocation.amount_set[side].amount),
  )
  const taxes = order.taxes_included
    ? []
    : all.flatMap(line => line.tax_lines.map(tax => tax.price_set[side].amount))
  return subtractMoney(
    addMoney([...lines, ...shipping, ...taxes], currency),
    addMoney(discounts, currency),
    currency,
  )
}

const arbitrary = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 }),
  n: fc.integer({ min: 1, max: 1_000_000 }),
  actions: fc.array(fc.constantFrom(...ACTIONS), { maxLength: 8 }),
})

function revisions({ seed, n, actions }: { seed: number; n: number; actions: OrderAction[] }): RestOrder[] {
  const random = seeded(seed)
  const orders = [generateOrder(random, n, { at: AT })]
  for (const [index, action] of actions.entries()) {
    orders.push(
      reviseOrder(orders.at(-1)!, action, { random, at: new Date(AT + (index + 1) * 1_000).toISOString() }),
    )
  }
  return orders
}

describe('a generated order', () => {
  it('balances to the minor unit in both currencies, whatever happens to it', () => {
    fc.assert(
      fc.property(arbitrary, given => {
        for (const order of revisions(given)) {
          expect(balance(order, 'shop_money')).toBe(order.total_price)
          expect(balance(order, 'presentment_money')).toBe(order.total_price_set.presentment_money.amount)
        }
      }),
    )
  })

  it('never refunds more units or money than it has', () => {
    fc.assert(
      fc.property(arbitrary, given => {
        const order = revisions(given).at(-1)!
        for (const line of order.line_items) expect(line.current_quantity).toBeGreaterThanOrEqual(0)
        expect(Number(order.current_subtotal_price)).toBeGreaterThanOrEqual(0)
        expect(Number(order.current_total_tax)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('is the same for the same draws', () => {
    expect(generateOrder(seeded(7), 3, { at: AT })).toEqual(generateOrder(seeded(7), 3, { at: AT }))
  })

  it('comes in currencies without decimals too, and with another one for the buyer', () => {
    const random = seeded(1)
    const orders = Array.from({ length: 200 }, (_, n) => generateOrder(random, n, { at: AT }))
    expect(
      orders.filter(order => order.currency === 'JPY').every(order => /^\d+$/.test(order.total_price)),
    ).toBe(true)
    expect(orders.some(order => order.currency === 'JPY')).toBe(true)
    expect(orders.some(order => order.currency !== order.presentment_currency)).toBe(true)
  })

  it('stays as it was when it is revised', () => {
    const order = generateOrder(seeded(5), 1, { at: AT })
    const before = structuredClone(order)
    reviseOrder(order, 'pay', { random: seeded(5), at: '2026-01-15T12:00:01Z' })
    expect(order).toEqual(before)
  })
})
