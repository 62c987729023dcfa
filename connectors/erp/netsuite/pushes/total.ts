import { type Api, formatScaled, HubError, toScaled } from '../../../sdk/index.ts'
import { readRecord } from '../api.ts'

interface Summed {
  total?: number | string
  orderStatus?: { id?: string }
}

export interface ExpectedTotal {
  /** `salesOrder/123`. */
  path: string
  /** Of the channel; without it nothing is compared. */
  total: string | undefined
}

const DIGITS = 2

/** What NetSuite made of the record has to be the channel's total, to the cent; else a person looks at it. */
export async function assertTotal(api: Api, { path, total }: ExpectedTotal): Promise<Summed> {
  const record = await readRecord<Summed>(api, path, 'total,orderStatus')
  if (total === undefined || record === null) return record ?? {}
  const [theirs, ours] = [toScaled(record.total ?? 0), toScaled(total)]
  if (theirs === ours) return record
  const [shown, wanted, more] = [theirs, ours, theirs - ours].map(amount => formatScaled(amount, DIGITS))
  throw new HubError('TOTAL_DIFFERS', {
    detail: `NetSuite’s total is ${shown}, the channel’s ${wanted}: a difference of ${more}.`,
    fingerprint: 'total',
    status: 200,
  })
}
