import { type ConnectorContext, HubError } from '../../../sdk/index.ts'
import type { Company } from '../api.ts'
import { type BatchRequest, MOST_AT_ONCE, transaction } from './batch.ts'
import { type Line, linesOf, ORDERS, type SalesDocument, withNumber } from './sales-document.ts'

export interface ShippedLine {
  readonly lineObjectNumber?: string
  readonly quantity?: number
}

export interface Posting {
  readonly order: SalesDocument
  readonly lines: readonly ShippedLine[]
  /** The comment by which the posted shipment is known as ours. */
  readonly mark: string
  readonly comments: readonly string[]
}

/** How much of a line of the order leaves. */
interface Share {
  readonly id: string
  readonly quantity: number
}

/** What the transaction that posts has beside comments and quantities: the guard, the mark, the action. */
const ROOM = MOST_AT_ONCE - 3

/**
 * Quantities are set anew on every line, so that repeating them is harmless. What one transaction cannot take goes before
 * it; the mark never does, or another shipment that is posted meanwhile would carry it and this one count as posted.
 */
export async function postShipment(
  company: Company,
  { order, lines, mark, comments }: Posting,
  context: ConnectorContext,
): Promise<void> {
  const shares = sharesOf(linesOf(order, ORDERS), lines)
  const writes = [...missing(order, comments), ...shares.map(setting)]
  const early = writes.slice(0, -ROOM)
  for (let from = 0; from < early.length; from += MOST_AT_ONCE)
    await transaction(company, early.slice(from, from + MOST_AT_ONCE), context)
  const guard = early.length > 0 ? [await guardOf(company, order, shares.slice(0, -ROOM))] : []
  const action = { method: 'POST', path: `${ORDERS.set}(${order.id})/Microsoft.NAV.shipAndInvoice` } as const
  await transaction(company, [...guard, ...writes.slice(-ROOM), ...missing(order, [mark]), action], context)
}

const setting = ({ id, quantity }: Share): BatchRequest => ({
  method: 'PATCH',
  path: `${ORDERS.lines}(${id})`,
  ifMatch: '*',
  body: { shipQuantity: quantity, invoiceQuantity: quantity },
})

/** Comments that the order does not have yet. */
function missing(order: SalesDocument, comments: readonly string[]): BatchRequest[] {
  const said = new Set(linesOf(order, ORDERS).map(({ description = '' }) => description.toUpperCase()))
  return comments
    .filter(comment => !said.has(comment.toUpperCase()))
    .map(description => ({
      method: 'POST',
      path: `${ORDERS.set}(${order.id})/${ORDERS.lines}`,
      body: { lineType: 'Comment', description },
    }))
}

/** Holds only while the order is as it stands now; and now its lines are as they were set. */
async function guardOf(
  company: Company,
  { number }: SalesDocument,
  shares: readonly Share[],
): Promise<BatchRequest> {
  const [order] = await withNumber(company, ORDERS, number)
  const lines = new Map(order && linesOf(order, ORDERS).map(line => [line.id, line]))
  if (!order || shares.some(({ id, quantity }) => Number(lines.get(id)?.['shipQuantity']) !== quantity))
    throw new HubError('PARTNER_CONFLICT', {
      detail: `The order ${number} changed while its shipment was prepared.`,
    })
  return {
    method: 'PATCH',
    path: `${ORDERS.set}(${order.id})`,
    ifMatch: order['@odata.etag'] ?? '*',
    body: { externalDocumentNumber: order['externalDocumentNumber'] },
  }
}

/** Per line of the order how much of it left, lines that stay first. Shipping and fees go with the first shipment. */
function sharesOf(present: readonly Line[], lines: readonly ShippedLine[]): Share[] {
  const shares = new Map<string, number>()
  const open = (line: Line): number =>
    Number(line['quantity'] ?? 0) - (line.shippedQuantity ?? 0) - (shares.get(line.id) ?? 0)
  const take = (line: Line, most: number): number => {
    const taken = Math.max(0, Math.min(open(line), most))
    if (taken > 0) shares.set(line.id, (shares.get(line.id) ?? 0) + taken)
    return taken
  }
  for (const { lineObjectNumber = '', quantity = 0 } of lines) {
    let left = quantity
    for (const line of present)
      if (line.lineType === 'Item' && line.lineObjectNumber?.toUpperCase() === lineObjectNumber.toUpperCase())
        left -= take(line, left)
    if (left > 0)
      throw new HubError('PARTNER_REFUSED', {
        detail: `${left} more of “${lineObjectNumber}” were shipped than are open in the order.`,
        fingerprint: 'more than open',
      })
  }
  for (const line of present)
    if (line.lineType !== 'Item' && line.lineType !== 'Comment') take(line, open(line))
  return present
    .filter(({ lineType }) => lineType !== 'Comment')
    .map(({ id }) => ({ id, quantity: shares.get(id) ?? 0 }))
    .toSorted((a, b) => a.quantity - b.quantity)
}
