import { exact } from '../documents/arithmetic.ts'
import { taxOf } from '../documents/order-balance.ts'
import type { Order } from '../documents/types.gen.ts'
import { exponentOf, formatScaled } from '../kernel/money.ts'
import { joined } from './line-pieces.ts'

type Line = Order['lines'][number]

/**
 * The order with only `lines` of `all`, as an order of its own: it costs what its lines cost, and what belongs to the
 * whole order (delivery, fees, discounts, taxes of no line) is charged once, with the first line. All parts together are
 * the order to the cent. Figures that are true of the whole order only are left out; a rate that the channel told once for
 * all of it goes with each tax.
 */
export function orderPart(order: Order, all: readonly Line[], lines: readonly Line[]): Order {
  const { currency } = order
  if (lines.length === all.length) return { ...order, lines: joined(lines, currency) }
  const { taxes: _taxes, currentTotals: _current, presentment: _presentment, ...rest } = withRates(order)
  const leads = lines[0] === all[0]
  const here = new Set(lines)
  const others = all.filter(line => !here.has(line))
  const total = leads ? exact.read(order.totals.total) - netOf(others, order) : netOf(lines, order)
  const tax = leads ? taxOf(order, exact) - taxesOf(others) : taxesOf(lines)
  const show = (amount: bigint): string => formatScaled(amount, exponentOf(currency) ?? 2)
  return {
    ...rest,
    ...(leads ? {} : withoutCharges(order, show(0n))),
    lines: withRates({ ...order, lines: joined(lines, currency) }).lines,
    totals: {
      total: show(total),
      ...(order.totals.tax !== undefined || tax !== 0n ? { tax: show(tax) } : {}),
    },
  }
}

function withRates(order: Order): Order {
  const [rate, ...others] = new Set(order.taxes?.map(tax => tax.rate))
  if (rate === undefined || others.length > 0) return order
  const rated = <T extends Pick<Line, 'taxes'>>(one: T): T => ({
    ...one,
    ...(one.taxes && { taxes: one.taxes.map(tax => ({ rate, ...tax })) }),
  })
  const { lines, shippingLines, fees } = order
  return {
    ...order,
    lines: lines.map(rated),
    ...(shippingLines && { shippingLines: shippingLines.map(rated) }),
    ...(fees && { fees: fees.map(rated) }),
  }
}

/** How it travels is true of every part, what that costs of one. */
function withoutCharges({ shippingLines }: Order, price: string): Partial<Order> {
  const free = shippingLines?.map(
    ({ discounts: _discounts, discountTotal: _off, taxes: _taxes, taxTotal: _tax, ...line }) => ({
      ...line,
      price,
    }),
  )
  return { ...(free && { shippingLines: free }), fees: [], discounts: [] }
}

function netOf(lines: readonly Line[], { taxesIncluded, currency }: Order): bigint {
  const digits = exponentOf(currency) ?? 2
  const goods = lines.reduce(
    (sum, { unitPrice, quantity, discounts = [] }) =>
      discounts.reduce(
        (left, { amount }) => left - exact.read(amount),
        sum + exact.multiply(exact.read(unitPrice), quantity, digits),
      ),
    0n,
  )
  return taxesIncluded ? goods : goods + taxesOf(lines)
}

const taxesOf = (lines: readonly Line[]): bigint =>
  lines.flatMap(({ taxes = [] }) => taxes).reduce((sum, { amount }) => sum + exact.read(amount), 0n)
