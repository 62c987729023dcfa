import type { SettlementLine } from '../documents/types.gen.ts'
import { toScaled } from '../kernel/money.ts'
import { classify, type LineClass } from './classify.ts'

/** Scaled, signed as in the payout: what is taken from the merchant is negative. */
export type Sums = Record<LineClass, bigint>

export const noSums = (): Sums => ({
  proceeds: 0n,
  refund: 0n,
  fee: 0n,
  withheld: 0n,
  balance: 0n,
  other: 0n,
})

/** A line that carries its own fee counts twice: its amount as what it is, its fee as a fee. Together they are its net. */
export function sumLines(lines: readonly SettlementLine[]): Sums {
  const sums = noSums()
  for (const line of lines) {
    const net = toScaled(line.net)
    const fee = feeOf(line)
    sums[classify(line)] += net + fee
    sums.fee -= fee
  }
  return sums
}

export const addSums = (one: Sums, other: Sums): Sums => {
  const sums = noSums()
  for (const name of Object.keys(sums) as LineClass[]) sums[name] = one[name] + other[name]
  return sums
}

/** What was taken, positive, by type; most first. */
export function feesByType(lines: readonly SettlementLine[]): [string, bigint][] {
  const types = new Map<string, bigint>()
  const add = (type: string, amount: bigint): void => void types.set(type, (types.get(type) ?? 0n) + amount)
  for (const line of lines) {
    if (classify(line) === 'fee')
      add(typeOf(line.description) ?? line.kind, -(toScaled(line.net) + feeOf(line)))
    const named = line.fees ?? []
    for (const { kind, description, amount } of named) add(kind ?? description ?? 'fee', toScaled(amount))
    const rest = feeOf(line) - named.reduce((sum, { amount }) => sum + toScaled(amount), 0n)
    if (rest !== 0n) add('fee', rest)
  }
  return [...types].filter(([, amount]) => amount !== 0n).sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0))
}

const feeOf = ({ fee, fees = [] }: SettlementLine): bigint =>
  fee === undefined ? fees.reduce((sum, { amount }) => sum + toScaled(amount), 0n) : toScaled(fee)

/** `Order / ItemFees / Commission` is a commission. */
const typeOf = (description: string | undefined): string | undefined => description?.split(' / ').at(-1)
