import type { SimulatedLine } from './books.ts'

const cents = (value: number): number => Math.round((value + Number.EPSILON) * 100) / 100

/** A line in the words of the API, VAT computed as the header says. */
export function priced(line: SimulatedLine, pricesIncludeTax: boolean): SimulatedLine {
  const amount = cents(line.quantity * line.unitPrice) - line.discountAmount
  const rate = line.taxPercent / 100
  const excluding = pricesIncludeTax ? cents(amount / (1 + rate)) : cents(amount)
  const including = pricesIncludeTax ? cents(amount) : cents(excluding + cents(excluding * rate))
  return {
    ...line,
    amountExcludingTax: excluding,
    amountIncludingTax: including,
    totalTaxAmount: cents(including - excluding),
  }
}

export function totalsOf(lines: readonly SimulatedLine[]): Record<string, number> {
  const sum = (name: 'amountExcludingTax' | 'amountIncludingTax'): number =>
    cents(lines.reduce((total, line) => total + Number(line[name] ?? 0), 0))
  const [excluding, including] = [sum('amountExcludingTax'), sum('amountIncludingTax')]
  return {
    totalAmountExcludingTax: excluding,
    totalAmountIncludingTax: including,
    totalTaxAmount: cents(including - excluding),
  }
}
