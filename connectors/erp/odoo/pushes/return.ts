import {
  type ConnectorContext,
  formatScaled,
  HubError,
  type PushOperation,
  type PushResult,
  toScaled,
} from '../../../sdk/index.ts'
import { type ReturnBody, returnBody } from './return-body.ts'
import { giveCredit } from './return-credit.ts'
import { creditLines } from './return-credit-lines.ts'
import { takeBack } from './return-goods.ts'
import { type Matched, matched, readSold, type SoldOrder } from './return-lines.ts'
import { orderLinkOf } from './shipment-body.ts'

/**
 * Goods that are back on stock become a transfer, money that was paid back a credit note; each under an external id of its
 * own, so that neither is made twice. What was never shipped has left the order by the order's own change.
 */
export async function pushReturn(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const body = returnBody(operation)
  const order = orderLinkOf(operation)
  const sold = await readSold(order, context)
  const lines = await matched({ lines: body.lines ?? [], sold, order }, context)
  const goods = lines.filter(({ restock, cancelled, quantity }) => restock && !cancelled && quantity > 0)
  const owed = withoutCancelled({ body, lines, sold })
  const credit = toScaled(owed.body.refunded ?? '0') > 0n ? creditLines(owed.body, owed.lines) : []
  if (goods.length === 0 && credit.length === 0)
    throw new HubError('SOURCE_SKIPPED', {
      detail: 'Nothing has come back and nothing of it was invoiced: the order’s own change says it all.',
    })
  const columns = body.picking ?? {}
  const partner = sold.partner_id
  const transfer =
    goods.length > 0
      ? await takeBack({ order: order.id, partner, lines: goods, columns }, operation, context)
      : null
  const note =
    credit.length > 0 ? await giveCredit({ body: owed.body, sold, lines: credit }, operation, context) : null
  return { externalId: note === null ? `stock.picking/${transfer}` : `account.move/${note}`, status: 200 }
}

interface Owed {
  body: ReturnBody
  lines: readonly Matched[]
  sold: SoldOrder
}

/** Units that were cancelled and never invoiced need no credit: their money is off the order already. */
function withoutCancelled({ body, lines, sold }: Owed): Pick<Owed, 'body' | 'lines'> {
  const off = lines.filter(line => line.cancelled && isUninvoiced(line, sold))
  if (off.length === 0 || body.refunded === undefined) return { body, lines }
  const rest = lines.filter(line => !off.includes(line))
  const amounts = off.reduce((sum, { amount }) => sum + toScaled(amount ?? '0'), 0n)
  const taxes = off.reduce((sum, { tax }) => sum + toScaled(tax ?? '0'), 0n)
  const paid = toScaled(body.refunded)
  const left = paid - amounts - (amounts + taxes <= paid ? taxes : 0n)
  return { body: { ...body, refunded: formatScaled(left, 2) }, lines: rest }
}

/** A cancelled order keeps its quantities in Odoo. */
const isUninvoiced = ({ sold }: Matched, { state }: SoldOrder): boolean =>
  !sold || sold.qty_invoiced <= (state === 'cancel' ? 0 : sold.product_uom_qty)
