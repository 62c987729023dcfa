import { netOf, taxOf } from './discount-and-tax.ts'
import { add, minus, moneySet, NOTHING, type Pair, pairOf, text, times } from './money.ts'
import type { LineItem, Refund, RefundLineItem, RestOrder, Transaction } from './rest-types.ts'
import { currenciesOf } from './totals.ts'

/** Location that ships everything. */
export const LOCATION = 87_063_199_881

interface RefundOf {
  lines: { line: LineItem; quantity: number }[]
  at: string
  kind: RefundLineItem['restock_type']
}

/** Takes units off the order and pays them back, if they were paid. */
export function refundLines(order: RestOrder, { lines, at, kind }: RefundOf): void {
  const id = 940_000_000_000 + (order.id % 1_000_000_000) * 16 + order.refunds.length
  const items = lines.map(({ line, quantity }, index) =>
    refundLine(order, { line, quantity, kind, id: id * 8 + index }),
  )
  const amount = add(
    ...items.map(item =>
      add(pairOf(item.subtotal_set), order.taxes_included ? NOTHING : pairOf(item.total_tax_set)),
    ),
  )
  const paid = order.financial_status !== 'pending'
  const refund: Refund = {
    id,
    admin_graphql_api_id: `gid://shopify/Refund/${id}`,
    order_id: order.id,
    created_at: at,
    processed_at: at,
    note: kind === 'return' ? 'Does not fit.' : null,
    restock: true,
    user_id: null,
    duties: [],
    total_duties_set: moneySet(NOTHING, currenciesOf(order)),
    order_adjustments: [],
    return: null,
    refund_shipping_lines: [],
    refund_line_items: items,
    transactions: paid ? [transactionOf(order, { id: id + 4_000_000_000_000, amount, at })] : [],
  }
  for (const { line, quantity } of lines) {
    line.current_quantity -= quantity
    if (kind === 'cancel') line.fulfillable_quantity -= Math.min(quantity, line.fulfillable_quantity)
  }
  order.refunds.push(refund)
  if (paid)
    order.financial_status = order.line_items.every(line => line.current_quantity === 0)
      ? 'refunded'
      : 'partially_refunded'
}

/** The units' share of the line; the last units take what rounding left, so that the parts sum up to the line. */
function refundLine(
  order: RestOrder,
  of: { line: LineItem; quantity: number; kind: RefundLineItem['restock_type']; id: number },
): RefundLineItem {
  const { line, quantity, kind, id } = of
  const currencies = currenciesOf(order)
  const earlier = order.refunds
    .flatMap(refund => refund.refund_line_items)
    .filter(item => item.line_item_id === line.id)
  const last = quantity === line.current_quantity
  const share = (whole: Pair, taken: Pair) =>
    last ? minus(whole, taken) : times(whole, quantity / line.quantity)
  const subtotal = share(netOf(line), add(...earlier.map(item => pairOf(item.subtotal_set))))
  const tax = share(taxOf(line), add(...earlier.map(item => pairOf(item.total_tax_set))))
  return {
    id,
    line_item_id: line.id,
    location_id: LOCATION,
    quantity,
    restock_type: kind,
    subtotal: Number(text(subtotal.shop, currencies.shop)),
    subtotal_set: moneySet(subtotal, currencies),
    total_tax: Number(text(tax.shop, currencies.shop)),
    total_tax_set: moneySet(tax, currencies),
    line_item: structuredClone(line),
  }
}

const transactionOf = (
  order: RestOrder,
  { id, amount, at }: { id: number; amount: Pair; at: string },
): Transaction => ({
  id,
  admin_graphql_api_id: `gid://shopify/OrderTransaction/${id}`,
  order_id: order.id,
  parent_id: null,
  kind: 'refund',
  status: 'success',
  gateway: 'shopify_payments',
  // In the currency that the buyer paid in, as Shopify gives transactions unless asked otherwise.
  amount: text(amount.buyer, order.presentment_currency),
  currency: order.presentment_currency,
  created_at: at,
  processed_at: at,
  test: false,
})
