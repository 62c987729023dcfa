import {
  type Api,
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
} from '../../../sdk/index.ts'
import { type Doc, erpnextApi, listDocs, readDoc } from '../api.ts'
import { erpnextSettings } from '../settings.ts'
import { cancel, type Held, hold } from './hold.ts'
import { assertItems, type ChargeLine, type ItemLine, sameRows, taxesOf } from './lines.ts'
import { type OrderRow, orderFor, ownUnits, paired, type SalesOrder } from './sales-order.ts'

type Body = Record<string, unknown> & {
  declined?: boolean
  total?: string
  charges?: ChargeLine[]
  items?: ItemLine[]
}

/** Goods that come back against the delivery of the order, or a credit note; quantities and amounts are negative. */
export async function pushReturn(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const api = erpnextApi(context)
  const { keyField, submit, returnsAs, company } = erpnextSettings(context.connection)
  const { declined = false, total, charges = [], items = [], ...fields } = operation.body as Body
  const isNote = returnsAs === 'deliveryNote'
  const doctype = isNote ? 'Delivery Note' : 'Sales Invoice'
  const held: Held = { doctype, keyField, submit, bodyFor: () => ({}), isSame: () => true }
  if (declined) return cancel(api, operation, held)
  const order = await orderFor(api, operation)
  await assertItems(api, items)
  const common = { ...fields, company, customer: order.customer, is_return: 1 }
  const note = isNote ? await deliveryOf(api, order) : null
  const taxes = note ? [] : taxesOf(context, charges)
  return hold(api, operation, {
    ...{ ...held, total: isNote ? undefined : total },
    bodyFor: live => ({
      ...common,
      ...(note ? againstDelivery(note, { order, items, live }) : { items, taxes }),
    }),
    isSame: (doc, body) => sameRows(doc, body, 'items', ['item_code', 'qty']) && sameMoney(doc, body, isNote),
  })
}

const sameMoney = (doc: Doc, body: Record<string, unknown>, isNote: boolean): boolean =>
  isNote ||
  (sameRows(doc, body, 'items', ['rate']) && sameRows(doc, body, 'taxes', ['account_head', 'tax_amount']))

type NoteRow = OrderRow & { so_detail?: string; returned_qty?: number }

/** Only what was delivered can be taken back. */
async function deliveryOf(api: Api, { name }: SalesOrder): Promise<Doc> {
  const [note] = await listDocs<{ name: string }>(api, 'Delivery Note', {
    filters: [
      ['Delivery Note Item', 'against_sales_order', '=', name],
      ['docstatus', '=', 1],
      ['is_return', '=', 0],
    ],
    orderBy: 'creation asc',
    limit: 1,
  })
  const delivered = note && (await readDoc(api, 'Delivery Note', note.name))
  if (delivered) return delivered
  throw new HubError('PARTNER_REFUSED', {
    detail: `${name} has no submitted Delivery Note that goods could come back from.`,
    fingerprint: 'delivery',
  })
}

interface Returning {
  order: SalesOrder
  items: readonly ItemLine[]
  live: Doc | null
}

function againstDelivery(note: Doc, { order, items, live }: Returning): Record<string, unknown> {
  const rows = paired({
    ...{ rows: note['items'] as NoteRow[], wanted: items, where: 'Delivery Note' },
    openOf: ({ name, qty, returned_qty = 0 }) => qty - returned_qty + ownUnits(live, 'dn_detail', name),
  })
  return {
    return_against: note.name,
    items: rows.map(({ row, units, wanted: { rate: _, ...line } }) => ({
      ...{ rate: row.rate, warehouse: row.warehouse, ...line, qty: -units },
      ...{ against_sales_order: order.name, so_detail: row.so_detail, dn_detail: row.name },
    })),
  }
}
