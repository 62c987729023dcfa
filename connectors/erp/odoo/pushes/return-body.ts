import { HubError, type PushOperation } from '../../../sdk/index.ts'

/** What the outgoing mapping makes of a return; README tells it member by member. */
export interface ReturnBody {
  currency: string
  /** What the buyer was paid back, positive; absent where no money moved. */
  refunded?: string
  lines?: readonly ReturnedLine[]
  /** Positive, without tax beside it. */
  shipping?: readonly ReturnedMoney[]
  /** Everything else that was paid back (adjustments, duties, fees); the sign does not matter. */
  adjustments?: readonly ReturnedMoney[]
  /** Columns of stock.picking and account.move. */
  picking?: Readonly<Record<string, unknown>>
  credit?: Readonly<Record<string, unknown>>
}

export interface ReturnedMoney {
  amount: string
  tax?: string
}

export interface ReturnedLine {
  /** Id of the order's line as the outgoing mapping of orders gave it; else `sku` decides. */
  line?: string
  sku?: string
  name?: string
  quantity: number
  /** What was paid back for them. */
  amount?: string
  tax?: string
  /** Goods that are on stock again. */
  restock?: boolean
  /** Never shipped: the order itself has changed. */
  cancelled?: boolean
}

export function returnBody({ body }: PushOperation): ReturnBody {
  const given = body as unknown as ReturnBody
  if (typeof given.currency === 'string') return given
  throw new HubError('DOCUMENT_INVALID', {
    detail: 'The outgoing mapping gives no `currency`.',
    fingerprint: 'odoo return',
  })
}
