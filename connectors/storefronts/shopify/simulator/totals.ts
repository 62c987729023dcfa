import { discountOf, grossOf, netOf, sumOf, taxLine, taxOf } from './discount-and-tax.ts'
import { add, type Currencies, minus, moneySet, NOTHING, type Pair, pairOf, text } from './money.ts'
import type { MoneySet, RestOrder, Totals } from './rest-types.ts'

type WithoutTotals = Omit<RestOrder, keyof Totals | 'total_outstanding'>

/** Sums the order up: `total_*` before returns, `current_*` after them. Tax lines and discount codes follow from the lines. */
export function withTotals(order: WithoutTotals, paid: Pair = NOTHING): RestOrder {
  const currencies = currenciesOf(order)
  const { line_items: lines, shipping_lines: shippings, taxes_included: included } = order
  const all = [...lines, ...shippings]
  const tax = sumOf(all, taxOf)
  const subtotal = sumOf(lines, netOf)
  const shipping = sumOf(shippings, grossOf)
  const total = add(subtotal, sumOf(shippings, netOf), included ? NOTHING : tax)
  const back = refundedParts(order)
  const currentTotal = minus(total, add(back.subtotal, included ? NOTHING : back.tax))
  const amounts = {
    total_line_items_price: sumOf(lines, grossOf),
    total_discounts: sumOf(all, discountOf),
    subtotal_price: subtotal,
    total_tax: tax,
    total_price: total,
    current_subtotal_price: minus(subtotal, back.subtotal),
    current_total_discounts: minus(sumOf(all, discountOf), back.discount),
    current_total_tax: minus(tax, back.tax),
    current_total_price: currentTotal,
  }
  return {
    ...order,
    ...(Object.fromEntries(
      Object.entries(amounts).flatMap(([name, pair]): [string, string | MoneySet][] => [
        [name, text(pair.shop, currencies.shop)],
        [`${name}_set`, moneySet(pair, currencies)],
      ]),
    ) as unknown as Totals),
    total_shipping_price_set: moneySet(shipping, currencies),
    current_shipping_price_set: moneySet(shipping, currencies),
    total_cash_rounding_payment_adjustment_set: moneySet(NOTHING, currencies),
    total_cash_rounding_refund_adjustment_set: moneySet(NOTHING, currencies),
    total_outstanding: text(Math.max(0, minus(currentTotal, paid).shop), currencies.shop),
    tax_lines:
      tax.shop || all.some(line => line.tax_lines.length)
        ? [taxLine(tax, { ...firstTax(order), currencies })]
        : [],
    discount_codes: order.discount_applications.flatMap(application =>
      application.code
        ? [
            {
              code: application.code,
              amount: text(amounts.total_discounts.shop, currencies.shop),
              type:
                application.target_type === 'shipping_line' ? ('shipping' as const) : ('percentage' as const),
            },
          ]
        : [],
    ),
  }
}

/** The rate only matters where an order is made; sums need no conversion. */
export const currenciesOf = (order: Pick<RestOrder, 'currency' | 'presentment_currency'>): Currencies => ({
  shop: order.currency,
  buyer: order.presentment_currency,
  rate: 1,
})

const firstTax = ({ line_items }: WithoutTotals) => ({
  title: line_items[0]?.tax_lines[0]?.title ?? 'Tax',
  rate: line_items[0]?.tax_lines[0]?.rate ?? 0,
})

function refundedParts(order: WithoutTotals): { subtotal: Pair; tax: Pair; discount: Pair } {
  const lines = order.refunds.flatMap(refund => refund.refund_line_items)
  const subtotal = add(...lines.map(line => pairOf(line.subtotal_set)))
  const gross = add(
    ...lines.map(line => ({
      shop: pairOf(line.line_item.price_set).shop * line.quantity,
      buyer: pairOf(line.line_item.price_set).buyer * line.quantity,
    })),
  )
  return {
    subtotal,
    tax: add(...lines.map(line => pairOf(line.total_tax_set))),
    discount: minus(gross, subtotal),
  }
}
