import { type Api, HubError, type PushOperation, shareOut } from '../../../sdk/index.ts'
import { type Doc, readDoc } from '../api.ts'
import type { ItemLine } from './lines.ts'

export interface OrderRow {
  name: string
  item_code: string
  qty: number
  /** Of an order: how much of it submitted Delivery Notes have. */
  delivered_qty?: number
  rate?: number
  warehouse?: string
}

export type SalesOrder = Doc & { customer: string; currency?: string; items: OrderRow[] }

/** The Sales Order that a shipment or return belongs to. */
export async function orderFor(api: Api, { dependencies }: PushOperation): Promise<SalesOrder> {
  const [name] = Object.values(dependencies)
  const order = name === undefined ? null : await readDoc(api, 'Sales Order', name)
  if (order) return order as SalesOrder
  throw new HubError('PARTNER_REFUSED', {
    detail: 'The Sales Order that it belongs to is not in ERPNext.',
    fingerprint: 'order',
  })
}

export interface Pairing<Row> {
  rows: readonly Row[]
  wanted: readonly ItemLine[]
  /** Units of the row that are still to be had. */
  openOf(row: Row): number
  /** For people: what the rows stand in. */
  where: string
}

/** How many units of which rows the wanted lines are: one item may stand on two rows, and go in parts. */
export function paired<Row extends OrderRow>({ rows, wanted, openOf, where }: Pairing<Row>) {
  const { rows: taken, left } = shareOut(rows, wanted, {
    isOf: ({ item_code }, row) => item_code === row.item_code,
    openOf,
    unitsOf: ({ qty }) => Math.abs(Number(qty)),
  })
  const [missing] = left
  if (missing)
    throw new HubError('PARTNER_REFUSED', {
      detail: `The ${where} has no row of the SKU “${missing.wanted.item_code ?? ''}” left for ${missing.units} more.`,
      fingerprint: 'lines',
    })
  return taken.map(({ row, units, shares }) => ({ row, units, wanted: shares[0]!.wanted }))
}

/** Units that a submitted document itself holds of a row, named by one of its fields: what it says anew, it may say of them. */
export function ownUnits(doc: Doc | null, field: 'so_detail' | 'dn_detail', row: string): number {
  const rows = doc?.docstatus === 1 ? (doc['items'] as (Record<string, unknown> & { qty: number })[]) : []
  return rows.filter(one => one[field] === row).reduce((sum, { qty }) => sum + Math.abs(qty), 0)
}
