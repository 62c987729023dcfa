import type { Settlement } from '../documents/types.gen.ts'
import { exponentOf, formatScaled, toScaled } from '../kernel/money.ts'
import { type KnownOrder, linesByOrder, matchOrder, type OrderMatch } from './match-orders.ts'
import { feesByType, sumLines } from './sum-lines.ts'

/** One payout, amounts as decimal strings of its currency. What is taken from the merchant is negative, fees positive. */
export interface PayoutReport {
  externalId: string
  number?: string
  channel: string
  currency: string
  periodStart?: string
  periodEnd?: string
  paidAt?: string
  payout: string
  /** Goods, shipping, tax charged, promotions. */
  proceeds: string
  refunds: string
  fees: { total: string; byType: { type: string; amount: string }[] }
  /** Tax that the channel keeps and pays. */
  withheldTax: string
  /** Reserves and transfers. */
  balances: string
  other: string
  /** Payout − (opening balance + lines − closing balance). */
  unexplained: string
  lines: { total: number; matched: number; unmatched: number; withoutOrder: number }
  orders: {
    total: number
    matched: number
    exact: number
    differing: number
    unsettled: number
    difference: string
  }
  refundedOrders: { total: number; exact: number; differing: number; unknown: number; difference: string }
}

export interface OrderRow {
  orderId: string
  document?: string
  number?: string
  lines: number
  /** What it was sold for. */
  total?: string
  proceeds: string
  fees: string
  withheldTax: string
  refunds: string
  difference?: string
  refundDifference?: string
}

/** The whole payout: its sums, and every order that is not matched or not exact. */
export interface PayoutDetail {
  report: PayoutReport
  attention: OrderRow[]
}

export function reportOf(settlement: Settlement, known: ReadonlyMap<string, KnownOrder>): PayoutDetail {
  const { currency, lines } = settlement
  const show = (amount: bigint): string => formatScaled(amount, exponentOf(currency) ?? 2)
  const matches = [...linesByOrder(lines)].map(([orderId, own]) =>
    matchOrder(orderId, own, { currency, known: known.get(orderId) }),
  )
  const sums = sumLines(lines)
  return {
    report: {
      ...headOf(settlement),
      proceeds: show(sums.proceeds),
      refunds: show(sums.refund),
      fees: {
        total: show(-sums.fee),
        byType: feesByType(lines).map(([type, amount]) => ({ type, amount: show(amount) })),
      },
      withheldTax: show(sums.withheld),
      balances: show(sums.balance),
      other: show(sums.other),
      unexplained: show(unexplainedOf(settlement)),
      lines: countLines(lines.length, matches),
      orders: countOrders(matches, show),
      refundedOrders: countRefunds(matches, show),
    },
    attention: matches.filter(needsAttention).map(match => rowOf(match, show)),
  }
}

function headOf(settlement: Settlement) {
  const { externalId, number, channel, currency, periodStart, periodEnd, paidAt, payout } = settlement
  const given = Object.entries({ number, periodStart, periodEnd, paidAt }).filter(
    ([, value]) => value !== undefined,
  )
  return { externalId, channel, currency, payout, ...Object.fromEntries(given) }
}

/** A payout whose lines do not make it is parked before it is stored; this says so of what was stored before that rule. */
function unexplainedOf({ openingBalance = '0', closingBalance = '0', payout, lines }: Settlement): bigint {
  const made = lines.reduce((sum, { net }) => sum + toScaled(net), toScaled(openingBalance))
  return toScaled(payout) - (made - toScaled(closingBalance))
}

type Show = (amount: bigint) => string

const isMatched = ({ document }: OrderMatch): boolean => document !== undefined
const sum = (amounts: readonly (bigint | null)[]): bigint =>
  amounts.reduce<bigint>((total, amount) => total + (amount ?? 0n), 0n)

function countLines(total: number, matches: readonly OrderMatch[]): PayoutReport['lines'] {
  const linesOf = (some: readonly OrderMatch[]) => some.reduce((count, { lines }) => count + lines, 0)
  const [named, matched] = [linesOf(matches), linesOf(matches.filter(isMatched))]
  return { total, matched, unmatched: named - matched, withoutOrder: total - named }
}

function countOrders(matches: readonly OrderMatch[], show: Show): PayoutReport['orders'] {
  const matched = matches.filter(isMatched)
  const said = matched.filter(({ difference }) => difference !== null)
  return {
    total: matches.length,
    matched: matched.length,
    exact: said.filter(({ difference }) => difference === 0n).length,
    differing: said.filter(({ difference }) => difference !== 0n).length,
    unsettled: matched.length - said.length,
    difference: show(sum(said.map(({ difference }) => difference))),
  }
}

function countRefunds(matches: readonly OrderMatch[], show: Show): PayoutReport['refundedOrders'] {
  const refunded = matches.filter(({ sums }) => sums.refund !== 0n)
  const said = refunded.filter(({ refundDifference }) => refundDifference !== null)
  return {
    total: refunded.length,
    exact: said.filter(({ refundDifference }) => refundDifference === 0n).length,
    differing: said.filter(({ refundDifference }) => refundDifference !== 0n).length,
    unknown: refunded.length - said.length,
    difference: show(sum(said.map(({ refundDifference }) => refundDifference))),
  }
}

const needsAttention = (match: OrderMatch): boolean =>
  !isMatched(match) || (match.difference ?? 0n) !== 0n || (match.refundDifference ?? 0n) !== 0n

function rowOf({ sums, total, difference, refundDifference, ...match }: OrderMatch, show: Show): OrderRow {
  const shown = Object.entries({ total, difference, refundDifference }).flatMap(([name, amount]) =>
    amount === null ? [] : [[name, show(amount)] as const],
  )
  return {
    ...match,
    ...{ proceeds: show(sums.proceeds), fees: show(-sums.fee), refunds: show(sums.refund) },
    withheldTax: show(sums.withheld),
    ...Object.fromEntries(shown),
  }
}
