import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../../sdk/index.ts'
import { type Doc, erpnextApi } from '../api.ts'
import { erpnextSettings } from '../settings.ts'
import { addressFor, type Buyer, type BuyerAddress, customerFor, type Sender } from './buyer.ts'
import { cancel, type Held, hold } from './hold.ts'
import { assertItems, type ChargeLine, type ItemLine, mark, sameRows, taxesOf } from './lines.ts'

/** What the outgoing mapping makes: these members are for us, the rest goes to the Sales Order as it is. */
type Body = Record<string, unknown> & {
  cancelled?: boolean
  buyer?: Buyer
  shippingAddress?: BuyerAddress
  billingAddress?: BuyerAddress
  charges?: ChargeLine[]
  total?: string
  customer?: string
  items?: ItemLine[]
}

const DOCTYPE = 'Sales Order'

/** A Sales Order under our key; its customer and addresses are matched, and made where there are none. */
export async function pushOrder(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const api = erpnextApi(context)
  const { keyField, submit } = erpnextSettings(context.connection)
  const {
    cancelled = false,
    buyer,
    shippingAddress,
    billingAddress,
    charges = [],
    total,
    ...fields
  } = operation.body as Body
  const held: Held = { doctype: DOCTYPE, keyField, submit, bodyFor: () => ({}), isSame: () => true }
  if (cancelled) return cancel(api, operation, held)
  const taxes = taxesOf(context, charges)
  await assertItems(api, fields.items ?? [])
  const sender: Sender = { api, operation, keyField }
  const customer = fields.customer ?? (await customerFor(sender, wanted(buyer)))
  const [shipping, billing] = [
    shippingAddress && (await addressFor(sender, customer, shippingAddress)),
    billingAddress && (await addressFor(sender, customer, billingAddress)),
  ]
  const body = {
    ...{ ...fields, customer, taxes },
    ...(shipping ? { shipping_address_name: shipping } : {}),
    ...(billing ? { customer_address: billing } : {}),
  }
  return hold(api, operation, { ...held, bodyFor: () => body, total, isSame })
}

function wanted(buyer: Buyer | undefined): Buyer {
  if (buyer) return buyer
  throw new HubError('PARTNER_REFUSED', {
    detail: 'The order names no customer: the mapping makes neither `buyer` nor `customer`.',
    fingerprint: 'customer',
  })
}

/** What a submitted order is amended for: who buys what for how much, and where it goes. */
const isSame = (doc: Doc, body: Record<string, unknown>): boolean =>
  sameRows(doc, body, 'items', ['item_code', 'qty', 'rate']) &&
  sameRows(doc, body, 'taxes', ['account_head', 'tax_amount']) &&
  ['customer', 'shipping_address_name', 'currency'].every(
    field => !(field in body) || mark(doc[field]) === mark(body[field]),
  ) &&
  Number(doc['discount_amount'] ?? 0) === Number(body['discount_amount'] ?? 0)
