import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../../sdk/index.ts'
import { type Company, find, openCompany } from '../api.ts'
import { equals } from '../odata.ts'
import { referenceOf } from '../reference.ts'
import { postShipment, type ShippedLine } from './post-shipment.ts'
import { ORDERS, withNumber } from './sales-document.ts'

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
  await postShipment(company, { order, lines, mark, comments }, context)
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
