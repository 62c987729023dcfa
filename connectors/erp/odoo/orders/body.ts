import { HubError, type PushOperation } from '../../../sdk/index.ts'
import { withChargedTaxes } from './charged-taxes.ts'

/** What the outgoing mapping makes of an order; README tells it member by member. */
export interface OrderBody {
  cancelled?: boolean
  /** False: it stays a quotation, whatever the settings say. */
  confirm?: boolean
  currency: string
  taxesIncluded?: boolean
  /** What the channel's order costs, everything ordered. */
  total: string
  /** After edits and refunds, where the channel tells. */
  currentTotal?: string
  /** In the total, where the channel tells. */
  tax?: string
  partner: PartnerBody
  invoice?: ContactBody
  delivery?: ContactBody
  /** Short code; else that of the settings. */
  warehouse?: string
  /** Shipping as the channel names it, for the setting `carriers`. */
  carrier?: string
  /** Columns of sale.order. */
  order: Readonly<Record<string, Cell>>
  lines: readonly LineBody[]
  shipping?: readonly LineBody[]
  fees?: readonly LineBody[]
  discounts?: readonly LineBody[]
}

export type Cell = string | number | boolean | null | undefined

export interface ContactBody {
  name?: string
  street?: string
  street2?: string
  city?: string
  zip?: string
  state?: string
  stateName?: string
  country?: string
  phone?: string
}

export interface PartnerBody extends ContactBody {
  /** Of the customer at the channel; a guest has none. */
  key?: string
  email?: string
  company?: string
  vat?: string
}

export interface TaxBody {
  /** Fraction. */
  rate?: number
  amount: string
  title?: string
  channelLiable?: boolean
}

/** What stands for `kind` at the channel, in columns of sale.order.line beside what is resolved here. */
export interface LineBody {
  id: string
  kind?: string
  sku?: string
  name: string
  /** Units that the amounts below are for. */
  quantity: number
  /** Units that are still wanted, or were shipped. */
  product_uom_qty: number
  /** Of one unit, before discounts. */
  price_unit: string
  /** Of all units, positive. */
  discount?: string
  /** Of all units. */
  taxes?: readonly TaxBody[]
  /** Further columns. */
  [column: string]: unknown
}

export function orderBody({ body }: PushOperation): OrderBody {
  const order = body as unknown as OrderBody
  if (typeof order.total === 'string' && Array.isArray(order.lines) && order.partner && order.order)
    return withChargedTaxes(addressed(order))
  throw new HubError('DOCUMENT_INVALID', {
    detail: 'The outgoing mapping gives no `total`, `partner`, `order` or `lines`.',
    fingerprint: 'odoo order',
  })
}

/** One address stands for both where the other is missing; the customer lives at that of the invoice. */
function addressed(order: OrderBody): OrderBody {
  const invoice = order.invoice ?? order.delivery
  const said = Object.entries(order.partner).filter(([, value]) => value !== undefined && value !== '')
  return {
    ...order,
    partner: { ...invoice, ...Object.fromEntries(said) },
    invoice,
    delivery: order.delivery ?? invoice,
  }
}
