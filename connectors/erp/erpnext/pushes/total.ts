import { formatScaled, HubError, toScaled } from '../../../sdk/index.ts'
import type { Doc } from '../api.ts'

const DIGITS = 2

/** What ERPNext makes of the document has to be the channel's total, to the cent; else it stays a draft for a person. */
export function assertTotal({ name, grand_total }: Doc, total: string | undefined): void {
  if (total === undefined || grand_total === undefined) return
  const theirs = toScaled(roundedOff(grand_total))
  const ours = toScaled(total)
  if (theirs === ours) return
  const [shown, wanted, more] = [theirs, ours, theirs - ours].map(amount => formatScaled(amount, DIGITS))
  throw new HubError('TOTAL_DIFFERS', {
    detail: `${name}: ERPNext’s total is ${shown}, the channel’s ${wanted}: a difference of ${more}.`,
    fingerprint: 'total',
    status: 200,
  })
}

/** A float of the site: what is beyond its precision is noise. */
const roundedOff = (amount: unknown): string => Number(amount).toFixed(6)
