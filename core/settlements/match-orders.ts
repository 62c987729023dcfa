import type { Order, SettlementLine } from '../documents/types.gen.ts'
import { toScaled } from '../kernel/money.ts'
import { classify } from './classify.ts'
import { addSums, type Sums, sumLines } from './sum-lines.ts'

/** What the hub knows of an order beside the payout. */
export interface KnownOrder {
  document: string
  order: Order
  /** What its returns say was paid back, scaled; null where they name no amount. */
  refunded: bigint | null
  /** Sums of its lines in other payouts of the same currency. */
  elsewhere: Sums
}

/** One order of a payout; amounts scaled, of this payout unless told. */
export interface OrderMatch {
  orderId: string
  /** Absent while no order of this id has landed. */
  document?: string
  number?: string
  lines: number
  sums: Sums
  total: bigint | null
  /** Total − proceeds in all payouts; null while that cannot be said. */
  difference: bigint | null
  /** What returns paid back + refunds in all payouts, which are negative; null where one of them is not known. */
  refundDifference: bigint | null
}

export const linesByOrder = (lines: readonly SettlementLine[]): ReadonlyMap<string, SettlementLine[]> =>
  Map.groupBy(
    lines.filter((line): line is SettlementLine & { orderId: string } => line.orderId !== undefined),
    ({ orderId }) => orderId,
  )

export function matchOrder(
  orderId: string,
  lines: readonly SettlementLine[],
  { currency, known }: { currency: string; known: KnownOrder | undefined },
): OrderMatch {
  const sums = sumLines(lines)
  const match = { orderId, lines: lines.length, sums }
  if (!known) return { ...match, total: null, difference: null, refundDifference: null }
  const { document, order, refunded, elsewhere } = known
  const all = addSums(sums, elsewhere)
  const total = toScaled(order.totals.total)
  const isComparable = order.currency === currency
  // What was paid out and taken back again is nothing, and yet it was settled.
  const hasProceeds = elsewhere.proceeds !== 0n || lines.some(isProceeds)
  return {
    ...match,
    document,
    ...(order.number === undefined ? {} : { number: order.number }),
    total,
    difference: isComparable && hasProceeds ? total - all.proceeds : null,
    refundDifference: isComparable && all.refund !== 0n && refunded !== null ? refunded + all.refund : null,
  }
}

const isProceeds = (line: SettlementLine): boolean =>
  classify(line) === 'proceeds' && toScaled(line.net) !== 0n
