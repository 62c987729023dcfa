import { toScaled } from '../../../sdk/index.ts'
import type { LineBody, OrderBody } from './body.ts'

/**
 * Tax that a marketplace collects and pays itself is in its total, or on top of what it tells the seller: the tax of the
 * total says which. In the second case nobody pays it to us, and it is no part of the order.
 */
export function withChargedTaxes(order: OrderBody): OrderBody {
  const { tax, lines, shipping, fees } = order
  const all = [...lines, ...(shipping ?? []), ...(fees ?? [])].flatMap(line => line.taxes ?? [])
  const sum = sumOf(all)
  const own = sumOf(all.filter(({ channelLiable }) => !channelLiable))
  // Nearer to our own than to all of them: shares may be rounded.
  if (tax === undefined || toScaled(tax) * 2n >= own + sum) return order
  return {
    ...order,
    lines: lines.map(ownTaxesOnly),
    ...(shipping && { shipping: shipping.map(ownTaxesOnly) }),
    ...(fees && { fees: fees.map(ownTaxesOnly) }),
  }
}

type Taxes = NonNullable<LineBody['taxes']>

const sumOf = (taxes: Taxes): bigint => taxes.reduce((total, { amount }) => total + toScaled(amount), 0n)

const ownTaxesOnly = (line: LineBody): LineBody =>
  line.taxes ? { ...line, taxes: line.taxes.filter(({ channelLiable }) => !channelLiable) } : line
