import type { AdminApi } from '../admin/admin-api.ts'
import { ORDER_LISTS, type OrderLists } from '../operations/bulk.ts'
import { SHORT_LIST_LIMIT } from '../operations/order-fields.ts'
import { type OneOrder, ORDER, type OrderNode } from '../operations/orders.ts'
import { plainId } from '../pushes/global-id.ts'
import { isTooCostly } from '../responses.ts'
import { wholeOrder } from '../whole-order.ts'

/** Asked for at once; fewer where that is too dear. */
const TOGETHER = 50

/**
 * Orders of a bulk operation as a poll would give them. Refunds and fulfilments are fetched where there are any; an order
 * that changed since the file was written, or has many of them, is fetched whole, and one that is gone is left out.
 */
export async function completeOrders(
  api: AdminApi,
  orders: readonly OrderNode[],
  timeZone: string,
): Promise<OrderNode[]> {
  const listed = await listsOf(
    api,
    orders.filter(hasLists).map(({ id }) => id),
  )
  const complete: OrderNode[] = []
  for (const order of orders) {
    const lists = listed.get(order.id)
    const fits = !hasLists(order) || (lists?.updatedAt === order.updatedAt && isShort(lists))
    const found = fits ? { ...order, ...lists } : (await api<OneOrder>(ORDER, { id: order.id })).order
    if (found) complete.push(await wholeOrder(api, found, timeZone))
  }
  return complete
}

const hasLists = ({ refunds, fulfillments }: OrderNode): boolean =>
  refunds.length > 0 || fulfillments.length > 0

type Lists = OrderLists['orders']['nodes'][number]

const isShort = ({ refunds, fulfillments }: Lists): boolean =>
  Math.max(refunds.length, fulfillments.length) < SHORT_LIST_LIMIT

async function listsOf(api: AdminApi, ids: readonly string[]): Promise<ReadonlyMap<string, Lists>> {
  const found = new Map<string, Lists>()
  let together = TOGETHER
  for (let at = 0; at < ids.length; ) {
    try {
      const asked = ids.slice(at, at + together)
      const query = asked.map(id => `id:${plainId(id)}`).join(' OR ')
      const { orders } = await api<OrderLists>(ORDER_LISTS, { first: asked.length, query })
      for (const node of orders.nodes) found.set(node.id, node)
      at += together
    } catch (error) {
      if (!isTooCostly(error) || together === 1) throw error
      together = Math.ceil(together / 2)
    }
  }
  return found
}
