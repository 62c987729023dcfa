import { add, type Currencies, minus, moneySet, NOTHING, type Pair, pairOf, text, times } from './money.ts'
import type { DiscountApplication, LineItem, ShippingLine, TaxLine } from './rest-types.ts'

/** What a line or shipping line costs before discounts, all units. */
export const grossOf = (line: LineItem | ShippingLine): Pair =>
  times(pairOf(line.price_set), 'quantity' in line ? line.quantity : 1)

export const discountOf = (line: LineItem | ShippingLine): Pair =>
  add(...line.discount_allocations.map(allocation => pairOf(allocation.amount_set)))

export const netOf = (line: LineItem | ShippingLine): Pair => minus(grossOf(line), discountOf(line))

export const taxOf = (line: LineItem | ShippingLine): Pair =>
  add(...line.tax_lines.map(tax => pairOf(tax.price_set)))

/** Each line bears its rounded share, as Shopify allocates a discount “across”. */
export function allocate(
  lines: readonly (LineItem | ShippingLine)[],
  { application, currencies }: { application: DiscountApplication; currencies: Currencies },
): void {
  for (const line of lines) {
    const amount = times(grossOf(line), Number(application.value) / 100)
    line.discount_allocations = [
      {
        amount: text(amount.shop, currencies.shop),
        amount_set: moneySet(amount, currencies),
        discount_application_index: 0,
      },
    ]
    if ('discounted_price' in line) {
      const price = netOf(line)
      line.discounted_price = text(price.shop, currencies.shop)
      line.discounted_price_set = moneySet(price, currencies)
    }
  }
}

export interface TaxRule {
  rate: number
  /** Prices include the tax: then it is a part of the net amount, not on top. */
  included: boolean
  currencies: Currencies
}

export function taxLinesOf(
  line: LineItem | ShippingLine,
  { rate, included, currencies }: TaxRule,
): TaxLine[] {
  const amount = times(netOf(line), included ? rate / (1 + rate) : rate)
  return [taxLine(amount, { title: included ? 'VAT' : 'State Tax', rate, currencies })]
}

export const taxLine = (
  amount: Pair,
  { title, rate, currencies }: { title: string; rate: number; currencies: Currencies },
): TaxLine => ({
  title,
  rate,
  price: text(amount.shop, currencies.shop),
  price_set: moneySet(amount, currencies),
  channel_liable: false,
})

export const sumOf = (
  lines: readonly (LineItem | ShippingLine)[],
  part: (line: LineItem | ShippingLine) => Pair,
): Pair => lines.reduce((sum, line) => add(sum, part(line)), NOTHING)
