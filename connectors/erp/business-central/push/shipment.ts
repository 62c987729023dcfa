import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../../sdk/index.ts'
import { type Company, find, openCompany } from '../api.ts'
import { equals } from '../odata.ts'
import { referenceOf } from '../reference.ts'
import { type BatchRequest, transaction } from './batch.ts'
import { type Line, linesOf, ORDERS, type SalesDocument, withNumber } from './sales-document.ts'

interface ShippedLine {
  readonly lineObjectNumber?: string
  readonly quantity?: number
}

/** What the outgoing mapping makes. */
interface Shipped {
  readonly status?: string
  readonly lines?: readonly ShippedLine[]
  readonly comments?: readonly string[]
}

interface PostedShipment {
  id: string
  number: string
  salesShipmentLines?: { description?: string }[]
}

/** What is not a parcel that left, or left and came back, is nothing to post. */
const SHIPPED = [
  'shipped',
  'in-transit',
  'out-for-delivery',
  'attempted',
  'available-for-pickup',
  'delivered',
]

/**
 * Posts what a warehouse shipped. The API ships and invoices in one action, and the posted shipment has no field of its own
 * for our key: so a comment line of the order carries it, which Business Central copies to the posted shipment. Where it
 * stands there, the shipment was posted.
 */
export async function pushShipment(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const { status, lines = [], comments = [] } = operation.body as Shipped
  const company = openCompany(context)
  const number = orderOf(operation)
  const mark = `Shipment ${referenceOf(operation.key)}`
  const known = await postedWith(company, number, mark)
  if (known) return { externalId: known, status: 200 }
  if (!SHIPPED.includes(status ?? ''))
    throw new HubError('SOURCE_SKIPPED', {
      detail: `The shipment is ${status ?? 'of no status'}: nothing has left.`,
    })
  const [order] = await withNumber(company, ORDERS, number)
  if (!order)
    throw new HubError('PARTNER_REFUSED', {
      detail: `Order ${number} was posted as a whole, without this shipment.`,
      fingerprint: 'posted',
    })
  operation.sending()
  await transaction(company, requestsFor(order, { lines, comments: [mark, ...comments] }), context)
  const made = await postedWith(company, number, mark)
  if (!made) throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The posted shipment is not found.' })
  return { externalId: made, status: 200 }
}

function orderOf({ dependencies }: PushOperation): string {
  const [number] = Object.entries(dependencies).flatMap(([id, at]) => (id.startsWith('order:') ? [at] : []))
  if (number !== undefined) return number
  throw new HubError('PARTNER_REFUSED', {
    detail: 'The shipment belongs to no order that Business Central holds.',
    fingerprint: 'order',
  })
}

async function postedWith(company: Company, order: string, mark: string): Promise<string | null> {
  const shipments = await find<PostedShipment>(company, 'salesShipments', {
    filter: equals('orderNumber', order),
    expand: 'salesShipmentLines',
  })
  // Later shipments of the order carry the comments of the earlier ones, too: the first one is meant.
  const ours = shipments
    .toSorted(byNumber)
    .find(({ salesShipmentLines = [] }) =>
      salesShipmentLines.some(({ description = '' }) => description.toUpperCase() === mark.toUpperCase()),
    )
  return ours?.id ?? null
}

const byNumber = (a: PostedShipment, b: PostedShipment): number =>
  a.number.localeCompare(b.number, 'en', { numeric: true })

/** Quantities are set anew on every line, so that repeating them is harmless; the action comes last. */
function requestsFor(
  order: SalesDocument,
  { lines, comments }: { lines: readonly ShippedLine[]; comments: readonly string[] },
): BatchRequest[] {
  const present = linesOf(order, ORDERS)
  const shares = shared(present, lines)
  const quantities = present
    .filter(({ lineType }) => lineType !== 'Comment')
    .map(({ id }): BatchRequest => {
      const quantity = shares.get(id) ?? 0
      const body = { shipQuantity: quantity, invoiceQuantity: quantity }
      return { method: 'PATCH', path: `${ORDERS.lines}(${id})`, ifMatch: '*', body }
    })
  const said = new Set(present.map(({ description = '' }) => description.toUpperCase()))
  const missing = comments
    .filter(comment => !said.has(comment.toUpperCase()))
    .map((description): BatchRequest => {
      const path = `${ORDERS.set}(${order.id})/${ORDERS.lines}`
      return { method: 'POST', path, body: { lineType: 'Comment', description } }
    })
  const action = `${ORDERS.set}(${order.id})/Microsoft.NAV.shipAndInvoice`
  return [...quantities, ...missing, { method: 'POST', path: action }]
}

/** Per line of the order, how much of it left. Shipping and fees go with the first shipment. */
function shared(present: readonly Line[], lines: readonly ShippedLine[]): ReadonlyMap<string, number> {
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
  return shares
}
