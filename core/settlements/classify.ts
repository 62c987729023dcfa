import type { SettlementLine } from '../documents/types.gen.ts'

/**
 * What a line is to the merchant. `proceeds`: what the buyer paid. `withheld`: tax that the channel pays for the merchant.
 * `balance`: money of the merchant's own that moves.
 */
export type LineClass = 'proceeds' | 'refund' | 'fee' | 'withheld' | 'balance' | 'other'

const BY_KIND: Readonly<Record<SettlementLine['kind'], LineClass>> = {
  sale: 'proceeds',
  shipping: 'proceeds',
  tax: 'proceeds',
  adjustment: 'proceeds',
  refund: 'refund',
  chargeback: 'refund',
  'chargeback-reversal': 'refund',
  fee: 'fee',
  advertising: 'fee',
  storage: 'fee',
  reserve: 'balance',
  'reserve-release': 'balance',
  transfer: 'balance',
  other: 'other',
}

export function classify({ kind, net, description = '', orderId }: SettlementLine): LineClass {
  // What a channel gives back of it with a refund is no more proceeds than what it took.
  if (kind === 'tax' && (net.startsWith('-') || /withheld/i.test(description))) return 'withheld'
  // A correction or reimbursement that names no order.
  if (kind === 'adjustment' && orderId === undefined) return 'other'
  return BY_KIND[kind]
}
