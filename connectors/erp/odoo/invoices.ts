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
type When = 'ordered' | 'delivered' | 'credited'

/** What each value of the setting invoices, and when; what Odoo keeps until delivery, `onOrder` invoices then. */
const TIMES: Readonly<Record<ReturnType<typeof odooSettings>['invoice'], readonly When[]>> = {
  never: [],
  onDelivery: ['delivered', 'credited'],
  onOrder: ['ordered', 'delivered', 'credited'],
}

export interface Occasion {
  order: number
  /** The order is confirmed, goods have left, or a refund is about to be made and needs an invoice to refer to. */
  when: When
  operation: Sending
}

interface Invoicing {
  operation: Sending
  order: number
}

/**
 * What Odoo has to invoice of the order by now is invoiced, where the settings say that the hub does so at this time. One
 * at a time over all processes; of those that ask at once all the same, after a lost answer, Odoo lets one make the
 * invoice, for all of them write the same lines of the order.
 */
export async function invoice(
  { order, when, operation }: Occasion,
  context: ConnectorContext,
): Promise<void> {
  if (!TIMES[odooSettings(context.connection).invoice].includes(when)) return
  await context.together<Invoicing, true>(
    { order, operation },
    {
      ...{ name: 'invoice', alone: 'invoice' },
      send: items => sendBegun(items, begun => invoiceAll(begun, context)),
    },
  )
}

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
  const known = await invoicesOf(order, context)
  const credited = known.some(({ move_type }) => move_type === 'out_refund')
  if (!credited && !known.some(isDraft)) await make(order, context)
  const ids = await draftsOf(order, context)
  if (ids.length === 0) return
  await unlessDone(odooApi(context).call('account.move', 'action_post', { ids }), async () => {
    const left = await draftsOf(order, context)
    return left.length === 0
  })
}

const draftsOf = async (order: number, context: ConnectorContext): Promise<number[]> =>
  (await invoicesOf(order, context)).filter(isDraft).map(({ id }) => id)

/** Odoo refuses what another process has just done: then there is nothing left to do. */
async function unlessDone(call: Promise<unknown>, isDone: () => Promise<boolean>): Promise<void> {
  try {
    await call
  } catch (thrown) {
    if (asHubError(thrown).recovery !== 'park' || !(await isDone())) throw thrown
  }
}

interface LineToInvoice {
  qty_to_invoice: number
  is_downpayment: boolean
}

/** A draft of all that is to be invoiced. Units that were taken off after their invoice are left to the refund that pays them back. */
async function make(order: number, context: ConnectorContext): Promise<void> {
  const odoo = odooApi(context)
  const lines = await toInvoice(order, context)
  if (!hasMore(lines)) return
  const isTakenOff = lines.some(line => line.qty_to_invoice < 0 && !line.is_downpayment)
  const wizard = await odoo.call<number[]>('sale.advance.payment.inv', 'create', {
    vals_list: [
      {
        ...{ advance_payment_method: 'delivered', sale_order_ids: [[6, 0, [order]]] },
        deduct_down_payments: !isTakenOff,
      },
    ],
  })
  await unlessDone(
    odoo.call('sale.advance.payment.inv', 'create_invoices', { ids: wizard }),
    async () => !hasMore(await toInvoice(order, context)),
  )
}

const toInvoice = (order: number, context: ConnectorContext): Promise<LineToInvoice[]> =>
  odooApi(context).searchRead<LineToInvoice>('sale.order.line', {
    domain: [
      ['order_id', '=', order],
      ['qty_to_invoice', '!=', 0],
    ],
    fields: ['qty_to_invoice', 'is_downpayment'],
  })

const hasMore = (lines: readonly LineToInvoice[]): boolean => lines.some(line => line.qty_to_invoice > 0)

const isDraft = ({ state, move_type }: Invoice): boolean => state === 'draft' && move_type === 'out_invoice'
