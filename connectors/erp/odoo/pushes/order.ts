import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { externalNames, qualified } from '../external-ids.ts'
import { invoice } from '../invoices.ts'
import { loadTogether } from '../load-together.ts'
import { masterData } from '../master-data.ts'
import { type OrderBody, orderBody } from '../orders/body.ts'
import type { Cells } from '../orders/cells.ts'
import { confirm } from '../orders/confirm.ts'
import { contactsFor } from '../orders/contacts.ts'
import { differences } from '../orders/differences.ts'
import { findOrder, type KnownOrder, readOrder } from '../orders/known-order.ts'
import { lineColumns } from '../orders/line-columns.ts'
import { wantedLines } from '../orders/lines.ts'
import { orderColumns } from '../orders/order-columns.ts'
import { partnerFor } from '../orders/partners.ts'
import { settleTotal } from '../orders/settle-total.ts'
import { productIds } from '../products.ts'
import { odooSettings } from '../settings.ts'

interface Work {
  operation: PushOperation
  body: OrderBody
  /** Columns beside the customer's. */
  columns: Cells
  lines: readonly Cells[]
  context: ConnectorContext
}

/**
 * One sale order under an external id made of the document's key, whoever sends it how often: looked up first, loaded if it
 * is not there, else brought to the newest content by what differs. Confirmed last, when its total is the channel's.
 */
export async function pushOrder(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const work = await prepare(operation, context)
  const found = await findOrder(operation, work.body.order['client_order_ref'], context)
  const id = found === null ? await create(work) : await update(found, work)
  await settle(id, work)
  return { externalId: String(id), status: 200 }
}

/** What is wrong with the order itself is found before anything is written. */
async function prepare(operation: PushOperation, context: ConnectorContext): Promise<Work> {
  const body = orderBody(operation)
  const settings = odooSettings(context.connection)
  const master = await masterData(context)
  const world = { settings, master, included: body.taxesIncluded ?? false }
  const wanted = wantedLines({ body, settings, world })
  const products = await productIds(
    wanted.map(({ sku }) => sku),
    context,
  )
  const columns = await orderColumns(body, master, context)
  return { operation, body, columns, lines: lineColumns(operation.key, wanted, products), context }
}

async function create(work: Work): Promise<number> {
  const { operation, body, context, lines } = work
  const partner = await partnerFor(body, operation, context)
  const record = await recordOf(partner, work)
  return loadTogether({ model: 'sale.order', record, lines, sending: operation.sending }, context)
}

async function recordOf(partner: number, { operation, body, context, columns }: Work): Promise<Cells> {
  const { invoice, delivery } = await contactsFor(body, partner, { operation, context })
  return {
    id: qualified(externalNames.order(operation.key)),
    'partner_id/.id': String(partner),
    'partner_invoice_id/.id': String(invoice),
    'partner_shipping_id/.id': String(delivery),
    ...columns,
  }
}

/** The customer stays the one that the order has: somebody may have merged it with another. */
async function update(id: number, work: Work): Promise<number> {
  const { operation, context, lines, columns } = work
  const known = await readOrder(id, { record: columns, line: lines[0] ?? {} }, context)
  await settleState(known, work)
  const record = await recordOf(known.partner, work)
  const differing = differences(operation.key, { record, lines }, known)
  const { sending } = operation
  if (differing.dropped.length > 0) {
    sending()
    await odooApi(context).call('sale.order.line', 'write', {
      ...{ ids: differing.dropped, vals: { product_uom_qty: 0 } },
    })
  }
  if (Object.keys(differing.record).length > 1 || differing.lines.length > 0)
    await loadTogether(
      { model: 'sale.order', record: differing.record, lines: differing.lines, sending },
      context,
    )
  return id
}

/** What was cancelled in Odoo is not brought back to life: whoever did it had a reason that the channel does not know. */
async function settleState(
  { id, state, delivered }: KnownOrder,
  { body, operation, context }: Work,
): Promise<void> {
  if (state === 'cancel' && !body.cancelled)
    throw new HubError('PARTNER_REFUSED', {
      detail:
        'The order is cancelled in Odoo, yet open at the channel: make it a quotation again there, or cancel it here.',
      fingerprint: 'odoo cancelled',
    })
  if (!body.cancelled || state === 'cancel') return
  await cancel({ id, delivered }, { operation, context })
}

/** Odoo would cancel an order that is on its way, and leave its deliveries as they are. */
async function cancel(
  { id, delivered }: Pick<KnownOrder, 'id' | 'delivered'>,
  { operation, context }: Pick<Work, 'operation' | 'context'>,
): Promise<void> {
  if (delivered)
    throw new HubError('PARTNER_REFUSED', {
      detail:
        'The order is cancelled at the channel, but goods of it are delivered: they have to come back as a return.',
      fingerprint: 'odoo delivered',
    })
  operation.sending()
  await odooApi(context).call('sale.order', 'action_cancel', { ids: [id] })
}

async function settle(id: number, { operation, body, columns, context }: Work): Promise<void> {
  if (body.cancelled) return settleCancelled(id, { operation, context })
  const { state } = await settleTotal({ id, body, operation }, context)
  if (state === 'draft' || state === 'sent') {
    if (!odooSettings(context.connection).confirm || body.confirm === false) return
    const date = columns['date_order']
    const dated = { id: qualified(externalNames.order(operation.key)), ...(date ? { date_order: date } : {}) }
    await confirm({ id, dated, sending: operation.sending }, context)
  }
  await invoice({ order: id, when: 'ordered', operation }, context)
}

/** One that was cancelled before Odoo had it ends as one that was cancelled after. */
async function settleCancelled(
  id: number,
  { operation, context }: Pick<Work, 'operation' | 'context'>,
): Promise<void> {
  const [order] = await odooApi(context).call<{ state: string }[]>('sale.order', 'read', {
    ...{ ids: [id], fields: ['state'] },
  })
  if (order?.state !== 'cancel') await cancel({ id, delivered: false }, { operation, context })
}
