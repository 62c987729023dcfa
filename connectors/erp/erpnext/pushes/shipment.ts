import type { ConnectorContext, PushOperation, PushResult } from '../../../sdk/index.ts'
import { type Doc, erpnextApi } from '../api.ts'
import { erpnextSettings } from '../settings.ts'
import { cancel, type Held, hold } from './hold.ts'
import { type ItemLine, mark, sameRows } from './lines.ts'
import { orderFor, paired } from './sales-order.ts'

type Body = Record<string, unknown> & { cancelled?: boolean; items?: ItemLine[] }

/** A Delivery Note against the rows of its Sales Order; without lines of its own, of all that the order has. */
export async function pushShipment(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const api = erpnextApi(context)
  const { keyField, submit, company } = erpnextSettings(context.connection)
  const { cancelled = false, items = [], ...fields } = operation.body as Body
  const held: Held = { doctype: 'Delivery Note', keyField, submit, body: {}, isSame: () => true }
  if (cancelled) return cancel(api, operation, held)
  const order = await orderFor(api, operation)
  const wanted: ItemLine[] =
    items.length > 0 ? items : order.items.map(({ item_code, qty }) => ({ item_code, qty }))
  const rows = paired(order.items, wanted, 'Sales Order').map(({ row, wanted: line }) => ({
    ...{ rate: row.rate, warehouse: row.warehouse, ...line },
    ...{ against_sales_order: order.name, so_detail: row.name },
  }))
  const body = { ...fields, company, customer: order.customer, items: rows }
  return hold(api, operation, { ...held, body, isSame: doc => isSame(doc, body) })
}

const isSame = (doc: Doc, body: Record<string, unknown>): boolean =>
  sameRows(doc, body, 'items', ['item_code', 'qty', 'so_detail']) &&
  mark(doc['lr_no']) === mark(body['lr_no'])
