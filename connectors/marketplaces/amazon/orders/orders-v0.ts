import { HubError, nextByMember, pagesOf } from '../../../sdk/index.ts'
import type { SpApi } from '../api/sp-api.ts'

/** An order of v0 with its items, which v0 keeps apart. Members are the mapping's business. */
export type OrderV0 = { AmazonOrderId?: string } & Record<string, unknown>

const ORDERS = '/orders/v0/orders'

/**
 * One restricted data token for all three reads of v0; without it, buyer and address stay out. An app without the role
 * for personal data is refused one: its orders come without. https://developer-docs.amazon.com/sp-api/docs/tokens-api-use-case-guide
 */
export async function restrictedOrders(api: SpApi): Promise<string | undefined> {
  try {
    const { restrictedDataToken } = await api.call<{ restrictedDataToken?: string }>({
      operation: 'tokens.createRestrictedDataToken',
      version: '2021-03-01',
      body: {
        restrictedResources: [
          { method: 'GET', path: ORDERS, dataElements: ['buyerInfo', 'shippingAddress'] },
          { method: 'GET', path: `${ORDERS}/{orderId}`, dataElements: ['buyerInfo', 'shippingAddress'] },
          { method: 'GET', path: `${ORDERS}/{orderId}/orderItems`, dataElements: ['buyerInfo'] },
        ],
      },
      safeToRepeat: true,
    })
    return restrictedDataToken
  } catch (thrown) {
    if (thrown instanceof HubError && (thrown.status === 400 || thrown.status === 403)) return undefined
    throw thrown
  }
}

export async function fetchOrderV0(api: SpApi, orderId: string): Promise<OrderV0 | undefined> {
  const restricted = await restrictedOrders(api)
  const answer = await api.call<{ payload?: OrderV0 } | undefined>({
    operation: 'orders.getOrder',
    version: 'v0',
    path: { orderId },
    restricted,
    absent: 404,
  })
  return answer?.payload && withItems(api, answer.payload, restricted)
}

/** The order with all pages of its items. */
export async function withItems(
  api: SpApi,
  order: OrderV0,
  restricted: string | undefined,
): Promise<OrderV0> {
  const orderId = order.AmazonOrderId
  if (!orderId) throw new HubError('BODY_UNREADABLE', { detail: 'The order has no `AmazonOrderId`.' })
  const OrderItems: unknown[] = []
  for await (const { items } of pagesOf(after => itemsPage(api, { orderId, after, restricted })))
    OrderItems.push(...items)
  return { ...order, OrderItems }
}

async function itemsPage(
  api: SpApi,
  { orderId, after, restricted }: { orderId: string; after: string | null; restricted: string | undefined },
) {
  const answer = await api.call<{ payload?: { OrderItems?: unknown[] } }>({
    operation: 'orders.getOrderItems',
    version: 'v0',
    path: { orderId },
    query: after === null ? {} : { NextToken: after },
    restricted,
  })
  return { items: answer.payload?.OrderItems ?? [], next: nextByMember(answer, '/payload/NextToken') }
}
