import type { Order } from '../documents/types.gen.ts'
import { addMoney, exponentOf, formatScaled, toScaled } from '../kernel/money.ts'

type Line = Order['lines'][number]

/** Units `from` to `to` of a line, in its order of counting; `units` of them are wanted. */
export interface Span {
  from: number
  to: number
  units: number
}

/** Some units of a line with their share of its money: all pieces together are the line to the cent. */
export function pieceOf(line: Line, span: Span, currency: string): Line {
  if (span.from === 0 && span.to === line.quantity) return line
  const {
    currentQuantity: _current,
    fulfillableQuantity: _fulfillable,
    fulfilledQuantity: _fulfilled,
    cancelledQuantity: _cancelled,
    refundedQuantity: _refunded,
    duties: _duties,
    total: _total,
    ...rest
  } = line
  const quantity = tidy(span.to - span.from)
  const share = (amount: string): string => shareOf(amount, { ...span, of: line.quantity }, currency)
  return {
    ...withMoney(rest, share),
    quantity,
    ...(span.units < quantity && { currentQuantity: span.units }),
  }
}

/** Pieces of one line that go the same way are one line again, at the place of the first. */
export function joined(lines: readonly Line[], currency: string): Line[] {
  const byId = new Map<string, Line>()
  return lines.flatMap((line, index) => {
    const id = line.externalId ?? `${index}`
    const first = byId.get(id)
    if (first) Object.assign(first, together(first, line, currency))
    else byId.set(id, { ...line })
    return first ? [] : [byId.get(id)!]
  })
}

function together(one: Line, other: Line, currency: string): Line {
  const shares = amountsOf(other)
  const wanted = (line: Line) => line.currentQuantity ?? line.quantity
  const quantity = tidy(one.quantity + other.quantity)
  const units = tidy(wanted(one) + wanted(other))
  return {
    ...withMoney(one, amount => addMoney([amount, shares.shift() ?? '0'], currency)),
    quantity,
    ...(units < quantity && { currentQuantity: units }),
  }
}

/** Every amount of a line that is of all its units, one after the other, changed. */
function withMoney(line: Line, change: (amount: string) => string): Line {
  const { discounts, discountTotal, taxes, taxTotal } = line
  return {
    ...line,
    ...(discounts && { discounts: discounts.map(one => ({ ...one, amount: change(one.amount) })) }),
    ...(discountTotal !== undefined && { discountTotal: change(discountTotal) }),
    ...(taxes && { taxes: taxes.map(one => ({ ...one, amount: change(one.amount) })) }),
    ...(taxTotal !== undefined && { taxTotal: change(taxTotal) }),
  }
}

function amountsOf(line: Line): string[] {
  const amounts: string[] = []
  withMoney(line, amount => {
    amounts.push(amount)
    return amount
  })
  return amounts
}

/** Cents up to the end of the span less those before it: whatever is rounded off one piece is on the next. */
function shareOf(
  amount: string,
  { from, to, of }: { from: number; to: number; of: number },
  currency: string,
) {
  const digits = exponentOf(currency) ?? 2
  const upTo = (units: number): bigint =>
    floorTo(toScaled(amount) * sixDecimals(units), sixDecimals(of), digits)
  return formatScaled(upTo(to) - upTo(from), digits)
}

/** Quantities may have decimals; six are enough for a weight. */
const sixDecimals = (count: number): bigint => BigInt(Math.round(count * 1e6))

/** Sums of weights without the noise of binary fractions. */
export const tidy = (count: number): number => Math.round(count * 1e6) / 1e6

const SCALE = 9

function floorTo(value: bigint, by: bigint, digits: number): bigint {
  const unit = 10n ** BigInt(SCALE - digits)
  return (value / by / unit) * unit
}
