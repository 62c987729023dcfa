import { exponentOf, formatScaled, HubError, toScaled } from '../../../sdk/index.ts'

/** What the channel says that the document comes to; without an amount there is nothing to compare. */
export interface Total {
  readonly amount?: string
  readonly currency?: string
}

/** Business Central computes taxes itself: what it makes of a document must be what the buyer was to pay, to the cent. */
export function requireTotal(
  { amount, currency = '' }: Total,
  number: string,
  computed: readonly (number | undefined)[],
): void {
  if (amount === undefined) return
  const made = computed.reduce((sum, one) => sum + toScaled(one ?? 0), 0n)
  const difference = made - toScaled(amount)
  if (difference === 0n) return
  const show = (scaled: bigint): string => `${formatScaled(scaled, exponentOf(currency) ?? 2)} ${currency}`
  throw new HubError('TOTAL_DIFFERS', {
    detail: `Business Central makes ${show(made)} of ${number}, the channel ${show(toScaled(amount))}: the difference is ${show(difference)}.`,
    fingerprint: 'total',
  })
}
