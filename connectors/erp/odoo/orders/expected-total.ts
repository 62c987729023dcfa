import { toScaled } from '../../../sdk/index.ts'
import { shareOf, sizeOf, timesUnits } from './amounts.ts'
import type { LineBody, OrderBody } from './body.ts'

/** A cent: nobody rounds a line by more. */
const CENT = 10_000_000n

/**
 * What the sale order has to cost: the channel's total less what was taken off before it shipped. The channel's own
 * figure after edits is believed where it differs by its rounding; where by more, money went back without goods, which is
 * a credit note and no change of the order.
 */
export function expectedTotal(body: OrderBody): bigint {
  const short = body.lines.filter(line => line.product_uom_qty !== line.quantity)
  const total = short.reduce((sum, line) => sum - takenOff(line, body), toScaled(body.total))
  if (short.length === 0 || body.currentTotal === undefined) return total
  const current = toScaled(body.currentTotal)
  return sizeOf(current - total) <= CENT * BigInt(2 * short.length) ? current : total
}

function takenOff(line: LineBody, { currency, taxesIncluded }: OrderBody): bigint {
  const units = line.quantity - line.product_uom_qty
  const part = { of: line.quantity, units }
  const goods = timesUnits(line.price_unit, units, currency)
  const discount = shareOf(line.discount ?? '0', part, currency)
  const taxes = (taxesIncluded ? [] : (line.taxes ?? [])).map(({ amount }) => shareOf(amount, part, currency))
  return taxes.reduce((sum, tax) => sum + tax, goods - discount)
}
