import { asHubError, type ConnectorContext, type PushOperation, sendBegun } from '../../sdk/index.ts'
import { odooApi } from './api.ts'
import { odooSettings } from './settings.ts'

export interface Invoice {
  id: number
  state: 'draft' | 'posted' | 'cancel'
  move_type: string
}

/** Invoices and credit notes of the order, oldest first. */
export async function invoicesOf(order: number, context: ConnectorContext): Promise<Invoice[]> {
  return odooApi(context).searchRead<Invoice>('account.move', {
    domain: [
      ['line_ids.sale_line_ids.order_id', '=', order],
      ['state', '!=', 'cancel'],
    ],
    fields: ['state', 'move_type'],
    order: 'id',
  })
}

type Sending = Pick<PushOperation, 'sending'>

/** Goods have left: what Odoo has to invoice of the order is invoiced, where the settings say so. */
export async function invoiceDelivered(
  order: number,
  operation: Sending,
  context: ConnectorContext,
): Promise<void> {
  if (odooSettings(context.connection).invoice === 'onDelivery') await invoice(order, operation, context)
}

/** A refund is about to be made: an invoice comes first, where the hub is the one that invoices. */
export async function invoiceFirst(
  order: number,
  operation: Sending,
  context: ConnectorContext,
): Promise<void> {
  if (odooSettings(context.connection).invoice !== 'never') await invoice(order, operation, context)
}

interface Invoicing {
  operation: Sending
  order: number
}

/** One at a time over all processes: Odoo makes two invoices of one order for two that ask at once. */
const invoice = (order: number, operation: Sending, context: ConnectorContext): Promise<true> =>
  context.together<Invoicing, true>(
    { order, operation },
    {
      ...{ name: 'invoice', alone: 'invoice' },
      send: items => sendBegun(items, begun => invoiceAll(begun, context)),
    },
  )

async function invoiceAll(items: readonly Invoicing[], context: ConnectorContext): Promise<(true | Error)[]> {
  const answers: (true | Error)[] = []
  for (const { order } of items)
    answers.push(
      await invoiceOne(order, context).then(
        () => true as const,
        (thrown: unknown) => asHubError(thrown),
      ),
    )
  return answers
}

/** A draft that an interrupted attempt left is posted; what was credited since is not invoiced again. */
async function invoiceOne(order: number, context: ConnectorContext): Promise<void> {
  const odoo = odooApi(context)
  const known = await invoicesOf(order, context)
  const [sale] = await odoo.call<{ invoice_status: string }[]>('sale.order', 'read', {
    ...{ ids: [order], fields: ['invoice_status'] },
  })
  const credited = known.some(({ move_type }) => move_type === 'out_refund')
  if (sale?.invoice_status === 'to invoice' && !credited && !known.some(isDraft)) {
    const wizard = await odoo.call<number[]>('sale.advance.payment.inv', 'create', {
      vals_list: [{ advance_payment_method: 'delivered', sale_order_ids: [[6, 0, [order]]] }],
    })
    await odoo.call('sale.advance.payment.inv', 'create_invoices', { ids: wizard })
  }
  const drafts = (await invoicesOf(order, context)).filter(isDraft).map(({ id }) => id)
  if (drafts.length > 0) await odoo.call('account.move', 'action_post', { ids: drafts })
}

const isDraft = ({ state, move_type }: Invoice): boolean => state === 'draft' && move_type === 'out_invoice'
