import { exponentOf, formatScaled } from '../kernel/money.ts'
import { type Arithmetic, EXACT_DIGITS, exact, FAST_DIGITS, fast } from './arithmetic.ts'
import type { Discount, Order, TaxLine } from './types.gen.ts'

interface Parts<T> {
  lines: T
  shipping: T
  fees: T
  tax: T
  discounts: T
}

/**
 * One sentence when lines + shipping + fees + tax (unless included) − discounts is not the total; null when it is.
 * Tax and total are the channel's own figures, the rest is added up from the parts of the document.
 */
export function orderImbalance(order: Order): string | null {
  const digits = exponentOf(order.currency) ?? 2
  const slack = slackOf(order)
  const quick = Math.abs(
    fast.subtract(sumOf(partsOf(order, fast, digits), order, fast), fast.read(order.totals.total)),
  )
  if (quick * 2 < slack * 10 ** (FAST_DIGITS - digits)) return null

  const parts = partsOf(order, exact, digits)
  const sum = sumOf(parts, order, exact)
  const difference = sum - exact.read(order.totals.total)
  const size = difference < 0n ? -difference : difference
  if (size * 2n < BigInt(slack) * 10n ** BigInt(EXACT_DIGITS - digits)) return null
  return sentence(order, { parts, sum, difference, digits })
}

/**
 * How many halves of a minor unit the sum may be off. Exact to the cent; but where the buyer saw another currency, the
 * channel converted and rounded every amount by itself, so each unit and each other amount may be half a cent off.
 */
function slackOf(order: Order): number {
  if (!order.presentment || order.presentment.currency === order.currency) return 1
  let amounts =
    3 + (order.shippingLines?.length ?? 0) + (order.fees?.length ?? 0) + (order.discounts?.length ?? 0)
  for (const line of order.lines) amounts += Math.ceil(line.quantity) + (line.discounts?.length ?? 0)
  return amounts + 1
}

function partsOf<T>(order: Order, a: Arithmetic<T>, digits: number): Parts<T> {
  let lines = a.read(undefined)
  let shipping = a.read(undefined)
  let fees = a.read(undefined)
  let discounts = sumDiscounts(order.discounts, a)
  for (const line of order.lines) {
    lines = a.add(lines, a.multiply(a.read(line.unitPrice), line.quantity, digits))
    if (line.discounts) discounts = a.add(discounts, sumDiscounts(line.discounts, a))
  }
  for (const line of order.shippingLines ?? []) {
    if (line.removed) continue
    shipping = a.add(shipping, a.read(line.price))
    if (line.discounts) discounts = a.add(discounts, sumDiscounts(line.discounts, a))
  }
  for (const fee of order.fees ?? []) fees = a.add(fees, a.read(fee.amount))
  return { lines, shipping, fees, tax: taxOf(order, a), discounts }
}

function sumOf<T>(parts: Parts<T>, order: Order, a: Arithmetic<T>): T {
  const goods = a.add(a.add(parts.lines, parts.shipping), parts.fees)
  return a.subtract(order.taxesIncluded ? goods : a.add(goods, parts.tax), parts.discounts)
}

/** The stated tax; without it the order's tax lines; without those the taxes of the parts. */
export function taxOf<T>(order: Order, a: Arithmetic<T>): T {
  if (order.totals.tax !== undefined) return a.read(order.totals.tax)
  if (order.taxes?.length) return sumTaxes(order.taxes, a)
  const parts = [...order.lines, ...(order.shippingLines ?? []), ...(order.fees ?? [])]
  return parts.reduce((sum, part) => a.add(sum, sumTaxes(part.taxes, a)), a.read(undefined))
}

const sumDiscounts = <T>(discounts: Discount[] | undefined, a: Arithmetic<T>): T => sumAmounts(discounts, a)
const sumTaxes = <T>(taxes: TaxLine[] | undefined, a: Arithmetic<T>): T => sumAmounts(taxes, a)

function sumAmounts<T>(items: { amount: string }[] | undefined, a: Arithmetic<T>): T {
  let sum = a.read(undefined)
  if (items) for (const item of items) sum = a.add(sum, a.read(item.amount))
  return sum
}

interface Finding {
  parts: Parts<bigint>
  sum: bigint
  difference: bigint
  digits: number
}

function sentence(order: Order, { parts, sum, difference, digits }: Finding): string {
  const show = (amount: bigint): string => formatScaled(amount, digits)
  const tax = order.taxesIncluded ? '' : ` + tax ${show(parts.tax)}`
  const made = `lines ${show(parts.lines)} + shipping ${show(parts.shipping)} + fees ${show(parts.fees)}${tax} − discounts ${show(parts.discounts)}`
  return `${made} make ${show(sum)} ${order.currency}, but /totals/total is ${show(exact.read(order.totals.total))}: the difference is ${show(difference)}.`
}
