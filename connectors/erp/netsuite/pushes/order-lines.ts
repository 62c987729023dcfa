import { type Api, HubError, type PushOperation } from '../../../sdk/index.ts'
import { readRecord } from '../api.ts'
import type { ResolvedLine } from './items.ts'
import type { SalesOrder } from './order.ts'

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

/**
 * Which line of the order each wanted line is: the first of its item that is not spoken for, because one item may stand on
 * two lines.
 */
export function linesInOrder(order: SalesOrder, wanted: readonly ResolvedLine[]): Record<string, unknown>[] {
  const free = [...(order.item?.items ?? [])]
  return wanted.map(line => {
    const at = free.findIndex(({ item }) => item.id === line.item.id)
    const [found] = at < 0 ? [] : free.splice(at, 1)
    if (!found)
      throw new HubError('PARTNER_REFUSED', {
        detail: `The sales order has no line of the item ${line.item.id} left.`,
        fingerprint: 'lines',
      })
    const { item: _, ...values } = line
    return { ...values, orderLine: found.line }
  })
}
