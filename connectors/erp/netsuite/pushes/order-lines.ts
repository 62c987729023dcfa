import { type Api, HubError, type PushOperation, type Share, shareOut } from '../../../sdk/index.ts'
import { readRecord } from '../api.ts'
import type { ResolvedLine } from './items.ts'
import type { SalesOrder, SalesOrderLine } from './order.ts'

/** The sales order that a shipment or return belongs to. */
export async function orderFor(api: Api, { dependencies }: PushOperation): Promise<SalesOrder> {
  const [id] = Object.values(dependencies)
  const order =
    id !== undefined && /^\d+$/.test(id) ? await readRecord<SalesOrder>(api, `salesOrder/${id}`) : null
  if (order) return order
  throw new HubError('PARTNER_REFUSED', {
    detail: 'The sales order that it belongs to is not in NetSuite.',
    fingerprint: 'order',
  })
}

type Lines = { order: SalesOrder; wanted: readonly ResolvedLine[] }

/** Which lines of the order a shipment is: what earlier ones have left open, and no more. */
export const openLines = (of: Lines): Record<string, unknown>[] =>
  linesOf(of, ({ quantity = 0, quantityFulfilled = 0, isClosed }) =>
    isClosed ? 0 : quantity - quantityFulfilled,
  )

/** Which lines of the order a return is. */
export const orderedLines = (of: Lines): Record<string, unknown>[] =>
  linesOf(of, ({ quantity = 1 }) => Math.abs(quantity))

function linesOf(
  { order, wanted }: Lines,
  openOf: (line: SalesOrderLine) => number,
): Record<string, unknown>[] {
  const { rows, left } = shareOut(order.item?.items ?? [], wanted, {
    isOf: ({ item }, line) => item.id === line.item.id,
    openOf,
    unitsOf: ({ quantity }) => Number(quantity ?? 1),
  })
  const [missing] = left
  if (missing)
    throw new HubError('PARTNER_REFUSED', {
      detail: `The sales order has no line of the item ${missing.wanted.item.id} left for ${missing.units} more.`,
      fingerprint: 'lines',
    })
  return rows.map(({ row, units, shares }) => {
    const { item: _, amount, ...values } = shares[0]!.wanted
    const sum = amount === undefined ? {} : { amount: amountOf(shares) }
    return { ...values, ...sum, quantity: units, orderLine: row.line }
  })
}

/** Shares of one line have together its amount, to the cent. */
function amountOf(shares: readonly Share<ResolvedLine>[]): number {
  const cents = shares.map(({ wanted: { amount, quantity = 1 }, from, units }) => {
    const upTo = (count: number) => Math.round((Number(amount) * 100 * count) / Number(quantity))
    return upTo(from + units) - upTo(from)
  })
  return cents.reduce((sum, one) => sum + one, 0) / 100
}
