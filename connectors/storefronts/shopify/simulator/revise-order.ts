import { ARTICLES } from './catalogue.ts'
import { netOf, taxLinesOf, taxOf } from './discount-and-tax.ts'
import { between, pick, type Random } from './draw.ts'
import { lineOf } from './draw-lines.ts'
import { add, minus, NOTHING, type Pair, pairOf } from './money.ts'
import { refundLines } from './refund-lines.ts'
import type { RestOrder } from './rest-types.ts'
import { ship } from './ship.ts'
import { currenciesOf, withTotals } from './totals.ts'

export type OrderAction = 'pay' | 'edit' | 'fulfil' | 'refund' | 'cancel'

/**
 * The next revision of an order, as Shopify would hold it after the action; the given one stays as it is. `at` is the
 * shop's time of the change. An action that has nothing left to do (all shipped, all refunded) only touches `updated_at`.
 */
export function reviseOrder(
  order: RestOrder,
  action: OrderAction,
  { random, at }: { random: Random; at: string },
): RestOrder {
  const next = structuredClone(order)
  next.updated_at = at
  ACTIONS[action](next, { random, at })
  return withTotals(next, paidSoFar(next))
}

type Change = (order: RestOrder, how: { random: Random; at: string }) => void

const ACTIONS: Record<OrderAction, Change> = {
  pay(order) {
    if (order.financial_status === 'pending' || order.financial_status === 'partially_paid')
      order.financial_status = 'paid'
  },

  /** Adds a line without discount: the one edit whose amounts Shopify documents beyond doubt. */
  edit(order, { random }) {
    if (order.cancelled_at) return
    const currencies = { ...currenciesOf(order), rate: rateOf(order) }
    const id = Math.max(...order.line_items.map(line => line.id)) + 1
    const line = lineOf({ id, article: pick(random, ARTICLES), quantity: between(random, 1, 2), currencies })
    const rate = order.line_items[0]?.tax_lines[0]?.rate ?? 0
    line.tax_lines = taxLinesOf(line, { rate, included: order.taxes_included, currencies })
    order.line_items.push(line)
    order.total_weight += line.grams * line.quantity
    if (order.financial_status === 'paid') order.financial_status = 'partially_paid'
    if (order.fulfillment_status === 'fulfilled') order.fulfillment_status = 'partial'
  },

  /** Ships the first half of what is open, then the rest. */
  fulfil(order, { at }) {
    const open = order.line_items.filter(line => line.fulfillable_quantity > 0)
    if (open.length === 0 || order.cancelled_at) return
    const shipped =
      order.fulfillments.length === 0 && open.length > 1 ? open.slice(0, Math.ceil(open.length / 2)) : open
    const number = numberFor(order)
    const tracking = {
      company: 'UPS',
      numbers: [number],
      urls: [`https://www.ups.com/track?tracknum=${number}`],
    }
    const items = shipped.map(line => ({ line, quantity: line.fulfillable_quantity }))
    ship(order, { items, at, tracking })
  },

  /** One unit of the first line that still has one. */
  refund(order, { at }) {
    const line = order.line_items.find(item => item.current_quantity > 0)
    if (!line || !['paid', 'partially_refunded', 'partially_paid'].includes(order.financial_status)) return
    refundLines(order, {
      lines: [{ line, quantity: 1 }],
      at,
      kind: line.fulfillable_quantity > 0 ? 'cancel' : 'return',
    })
  },

  cancel(order, { at }) {
    if (order.cancelled_at || order.fulfillments.length > 0) return
    const lines = order.line_items
      .map(line => ({ line, quantity: line.current_quantity }))
      .filter(({ quantity }) => quantity > 0)
    const paid = order.financial_status !== 'pending'
    refundLines(order, { lines, at, kind: 'cancel' })
    order.financial_status = paid ? 'refunded' : 'voided'
    order.cancelled_at = at
    order.closed_at = at
    order.cancel_reason = 'customer'
  },
}

/** The number that the carrier gives the next parcel of an order. */
function numberFor(order: RestOrder): string {
  const id = 5_700_000_000_000 + (order.id % 1_000_000_000) * 4 + order.fulfillments.length + 1
  return `1Z999AA1${String(id % 100_000_000).padStart(8, '0')}`
}

/** All that is due now, once the order is paid or nobody will pay it; an edit's new line stays open. */
function paidSoFar(order: RestOrder): Pair {
  if (order.financial_status === 'pending') return NOTHING
  const due = pairOf(withTotals(order).current_total_price_set)
  const open = order.financial_status === 'partially_paid' ? order.line_items.at(-1) : undefined
  return open ? minus(due, add(netOf(open), order.taxes_included ? NOTHING : taxOf(open))) : due
}

/** Buyer's minor units for one of the shop's, read back from the first line. */
function rateOf(order: RestOrder): number {
  const price = order.line_items[0]?.price_set
  return price ? Number(price.presentment_money.amount) / Number(price.shop_money.amount) : 1
}
