import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../../sdk/index.ts'
import { type Doc, erpnextApi } from '../api.ts'
import { erpnextSettings } from '../settings.ts'
import { cancel, type Held, hold } from './hold.ts'
import { type ItemLine, mark, sameRows } from './lines.ts'
import { orderFor, ownUnits, paired, type SalesOrder } from './sales-order.ts'

type Body = Record<string, unknown> & { cancelled?: boolean; waiting?: boolean; items?: ItemLine[] }

/** A Delivery Note against the rows of its Sales Order; without lines of its own, of all that the order has open. */
export async function pushShipment(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const api = erpnextApi(context)
  const { keyField, submit, company } = erpnextSettings(context.connection)
  const { cancelled = false, waiting = false, items = [], ...fields } = operation.body as Body
  const held: Held = { doctype: 'Delivery Note', keyField, submit, bodyFor: () => ({}), isSame }
  if (cancelled) return cancel(api, operation, held)
  const order = await orderFor(api, operation)
  const common = { ...fields, company, customer: order.customer }
  const bodyFor = (live: Doc | null): Record<string, unknown> => {
    // A note takes the goods out of stock.
    if (waiting && !live) throw new HubError('SOURCE_SKIPPED', { detail: 'The parcel has not left yet.' })
    return { ...common, items: rowsFor(order, items, live) }
  }
  return hold(api, operation, { ...held, bodyFor })
}

function rowsFor(order: SalesOrder, items: readonly ItemLine[], live: Doc | null) {
  const openOf = ({ name, qty, delivered_qty = 0 }: SalesOrder['items'][number]): number =>
    qty - delivered_qty + ownUnits(live, 'so_detail', name)
  const all = order.items.map(row => ({ item_code: row.item_code, qty: openOf(row) }))
  const wanted: readonly ItemLine[] = items.length > 0 ? items : all
  return paired({ rows: order.items, wanted, openOf, where: 'Sales Order' }).map(
    ({ row, units, wanted: line }) => ({
      ...{ rate: row.rate, warehouse: row.warehouse, ...line, qty: units },
      ...{ against_sales_order: order.name, so_detail: row.name },
    }),
  )
}

const isSame = (doc: Doc, body: Record<string, unknown>): boolean =>
  sameRows(doc, body, 'items', ['item_code', 'qty', 'so_detail']) &&
  mark(doc['lr_no']) === mark(body['lr_no'])
