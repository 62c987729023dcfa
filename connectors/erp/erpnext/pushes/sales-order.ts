import { type Api, HubError, type PushOperation } from '../../../sdk/index.ts'
import { type Doc, readDoc } from '../api.ts'

export interface OrderRow {
  name: string
  item_code: string
  qty: number
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

/** Pairs each wanted row with a row of the same item; one item may stand on two rows. */
export function paired<Row extends { item_code: string }, Wanted extends { item_code?: string }>(
  rows: readonly Row[],
  wanted: readonly Wanted[],
  where: string,
): { row: Row; wanted: Wanted }[] {
  const free = [...rows]
  return wanted.map(line => {
    const at = free.findIndex(({ item_code }) => item_code === line.item_code)
    const [row] = at < 0 ? [] : free.splice(at, 1)
    if (row) return { row, wanted: line }
    throw new HubError('PARTNER_REFUSED', {
      detail: `The ${where} has no row of the SKU “${line.item_code ?? ''}” left.`,
      fingerprint: 'lines',
    })
  })
}
