import { type ConnectorContext, HubError } from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { externalNames } from '../external-ids.ts'
import { namesOf } from '../find-records.ts'
import { productIds } from '../products.ts'
import type { ReturnedLine } from './return-body.ts'
import type { OrderLink } from './shipment-body.ts'

/** A line of the sale order. */
export interface SoldLine {
  id: number
  product_id: number
  tax_ids: number[]
  product_uom_qty: number
  qty_invoiced: number
}

/** What comes back, with the line of the order that it was sold by; null: the order has no such line. */
export type Matched = ReturnedLine & { sold: SoldLine | null }

export interface SoldOrder {
  id: number
  state: string
  partner_id: number
  partner_invoice_id: number
  currency_id: number
  company_id: number
  lines: readonly SoldLine[]
}

export async function readSold(order: OrderLink, context: ConnectorContext): Promise<SoldOrder> {
  const odoo = odooApi(context)
  const [sale] = await odoo.searchRead<Omit<SoldOrder, 'lines'>>('sale.order', {
    domain: [['id', '=', order.id]],
    fields: ['state', 'partner_id', 'partner_invoice_id', 'currency_id', 'company_id'],
  })
  if (!sale) throw new HubError('PARTNER_REFUSED', { detail: 'The sale order is gone.', fingerprint: 'gone' })
  const lines = await odoo.searchRead<SoldLine>('sale.order.line', {
    domain: [
      ['order_id', '=', order.id],
      ['product_id', '!=', false],
    ],
    fields: ['product_id', 'tax_ids', 'product_uom_qty', 'qty_invoiced'],
    order: 'id',
  })
  return { ...sale, lines }
}

/** By line of the order where the id is one that the hub gave, else by article. */
export async function matched(
  { lines, sold, order }: { lines: readonly ReturnedLine[]; sold: SoldOrder; order: OrderLink },
  context: ConnectorContext,
): Promise<Matched[]> {
  const names = await namesOf(
    odooApi(context),
    'sale.order.line',
    sold.lines.map(({ id }) => id),
  )
  const byName = new Map(sold.lines.map(line => [names.get(line.id) ?? '', line]))
  const named = ({ line }: ReturnedLine): SoldLine | undefined =>
    line === undefined ? undefined : byName.get(externalNames.line(order.key, line))
  const skus = lines.filter(line => !named(line) && line.sku).map(({ sku }) => sku!)
  const products = await productIds(skus, context)
  return lines.map(line => {
    const product = products.get(line.sku ?? '')
    return { ...line, sold: named(line) ?? sold.lines.find(one => one.product_id === product) ?? null }
  })
}
