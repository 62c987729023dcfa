import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../../sdk/index.ts'
import { openCompany } from '../api.ts'
import { referenceOf } from '../reference.ts'
import { customerNumber, type WantedCustomer } from './customer.ts'
import { doubled, findDocument, findPosted } from './find-document.ts'
import { requireLines } from './require-lines.ts'
import { computedTotal, forBusinessCentral, type Pushing, rewrite } from './rewrite.ts'
import { linesOf, ORDERS, type SalesDocument, type WantedLine, withReference } from './sales-document.ts'
import { requireTotal, type Total } from './total.ts'

/** What the outgoing mapping makes: three members are for us, the rest goes to Business Central as it is. */
interface WantedOrder {
  readonly cancelled: boolean
  readonly customer: WantedCustomer
  readonly total: Total
  readonly lines: readonly WantedLine[]
  readonly header: Readonly<Record<string, unknown>>
}

function wantedOf({ body }: PushOperation): WantedOrder {
  const { cancelled, customer = {}, total = {}, salesOrderLines = [], ...header } = body
  return {
    cancelled: cancelled === true,
    customer: customer as WantedCustomer,
    total: total as Total,
    lines: salesOrderLines as readonly WantedLine[],
    header,
  }
}

/**
 * Search, then create: Business Central has no key that it keeps unique for us. The hub's lease on the delivery keeps two
 * from searching at once; the reference finds what an attempt left behind whose answer was lost.
 */
export async function pushOrder(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const pushing = { company: openCompany(context), operation, context }
  const wanted = wantedOf(operation)
  const found = await findDocument(pushing.company, ORDERS, operation)
  if (found) return wanted.cancelled ? withdraw(pushing, found) : update(pushing, found, wanted)
  const posted = await findPosted(pushing.company, operation)
  if (posted) {
    if (!wanted.cancelled && posted.total) requireTotal(wanted.total, posted.number, posted.total)
    return { externalId: posted.number, status: 200 }
  }
  if (!wanted.cancelled) return create(pushing, wanted)
  if (operation.externalId !== null) return { externalId: operation.externalId, status: 200 }
  throw new HubError('SOURCE_SKIPPED', { detail: 'The order was cancelled before Business Central had it.' })
}

/** Header and lines in one request, which Business Central takes or refuses as a whole. */
async function create(
  { company, operation }: Pushing,
  { customer, header, lines, total }: WantedOrder,
): Promise<PushResult> {
  await requireLines(company, lines)
  const number = await customerNumber(company, operation, customer)
  const reference = referenceOf(operation.key)
  const body = { ...header, customerNumber: number, externalDocumentNumber: reference }
  operation.sending()
  const { status } = await company.api.call({
    method: 'POST',
    path: company.path(ORDERS.set),
    body: { ...body, salesOrderLines: lines.map(forBusinessCentral) },
  })
  // The answer may have the totals of before the lines; and by the reference one sees who else wrote.
  const [order, ...others] = await withReference(company, ORDERS, reference)
  if (!order) throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The new sales order is not found.' })
  if (others.length > 0) throw doubled(ORDERS, [order, ...others])
  requireTotal(total, order.number, [computedTotal(order)])
  return { externalId: order.number, status }
}

async function update(
  pushing: Pushing,
  found: SalesDocument,
  { header, lines, total }: WantedOrder,
): Promise<PushResult> {
  await requireLines(pushing.company, lines)
  const wanted = { header, lines: lines.map(forBusinessCentral) }
  const order = await rewrite(pushing, ORDERS, { found, wanted })
  requireTotal(total, order.number, [computedTotal(order)])
  return { externalId: order.number, status: 200 }
}

/** Business Central has no cancelled orders: one of which nothing was shipped is deleted. */
async function withdraw({ company, operation }: Pushing, order: SalesDocument): Promise<PushResult> {
  if (linesOf(order, ORDERS).some(({ shippedQuantity = 0 }) => shippedQuantity > 0))
    throw new HubError('PARTNER_REFUSED', {
      detail: `The order was cancelled at its channel, but ${order.number} is shipped in part.`,
      fingerprint: 'cancelled after shipping',
    })
  operation.sending()
  const { status } = await company.api.call({
    method: 'DELETE',
    path: company.path(`${ORDERS.set}(${order.id})`),
    headers: { 'if-match': order['@odata.etag'] ?? '*' },
  })
  return { externalId: order.number, status }
}
