import { type ConnectorContext, HubError, type PushOperation } from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { externalNames, MODULE } from '../external-ids.ts'
import { findRecords, namesOf } from '../find-records.ts'
import type { Cells } from './cells.ts'
import { fieldOf } from './line-columns.ts'

export interface KnownOrder {
  id: number
  state: string
  partner: number
  /** By field. */
  values: Readonly<Record<string, unknown>>
  /** Those that the hub made, by external name. */
  lines: ReadonlyMap<string, KnownLine>
  delivered: boolean
}

export interface KnownLine {
  id: number
  values: Readonly<Record<string, unknown>>
}

type Row = Record<string, unknown> & { id: number }

/** Id of the sale order under the hub's external id; null where there is none. */
export async function findOrder(
  { key, externalId, sending }: PushOperation,
  reference: unknown,
  context: ConnectorContext,
): Promise<number | null> {
  const name = externalNames.order(key)
  const found = await context.together<string, number | null>(name, {
    name: 'find orders',
    async send(names) {
      const known = await findRecords(odooApi(context), 'sale.order', names)
      return names.map(one => known.get(one) ?? null)
    },
  })
  if (found !== null || externalId === null) return found
  return adopt({ id: Number(externalId), name, reference, sending }, context)
}

interface Adopted {
  id: number
  name: string
  reference: unknown
  sending(): void
}

/**
 * The order that is linked, but whose external id somebody removed: it gets it back, for a second one would be worse. In
 * another database the same id is another order, which its reference shows.
 */
async function adopt(
  { id, name, reference, sending }: Adopted,
  context: ConnectorContext,
): Promise<number | null> {
  const odoo = odooApi(context)
  const fields = ['client_order_ref']
  const [order] = await odoo.call<Row[]>('sale.order', 'read', { ids: [id], fields })
  if (!order || order['client_order_ref'] !== reference) return null
  sending()
  const row = { module: MODULE, name, model: 'sale.order', res_id: id }
  await odoo.call('ir.model.data', 'create', { vals_list: [row] })
  return id
}

/** The order and its lines as far as `columns` would write them. */
export async function readOrder(
  id: number,
  { record, line }: { record: Cells; line: Cells },
  context: ConnectorContext,
): Promise<KnownOrder> {
  const odoo = odooApi(context)
  const own = ['state', 'partner_id', 'order_line', 'partner_invoice_id', 'partner_shipping_id']
  const fields = [
    ...own,
    ...Object.keys(record)
      .map(fieldOf)
      .filter(name => name !== 'id'),
  ]
  const [order] = await odoo.call<Row[]>('sale.order', 'read', { ids: [id], fields: [...new Set(fields)] })
  if (!order)
    throw new HubError('PARTNER_CONFLICT', { detail: 'The sale order is gone.', fingerprint: 'gone' })
  const ids = order['order_line'] as number[]
  const wanted = [
    'qty_delivered',
    ...Object.keys(line)
      .map(fieldOf)
      .filter(name => name !== 'id'),
  ]
  const [rows, names] = await Promise.all([
    odoo.call<Row[]>('sale.order.line', 'read', { ids, fields: [...new Set(wanted)] }),
    namesOf(odoo, 'sale.order.line', ids),
  ])
  return {
    id,
    state: String(order['state']),
    partner: (order['partner_id'] as [number])[0],
    values: order,
    lines: new Map(
      rows.flatMap(row => {
        const name = names.get(row.id)
        return name === undefined ? [] : [[name, { id: row.id, values: row }]]
      }),
    ),
    delivered: rows.some(row => Number(row['qty_delivered']) > 0),
  }
}
