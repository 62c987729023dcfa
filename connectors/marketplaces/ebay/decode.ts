import {
  type ConnectorContext,
  type Decoded,
  HubError,
  parseJson,
  type RawMessage,
  valueAt,
} from '../../sdk/index.ts'
import { merchantApi } from './api.ts'
import { fetchFulfilments, fetchOrder } from './orders.ts'
import { accountDeletion } from './privacy.ts'
import { ACCOUNT_DELETION, ITEM_MARKED_SHIPPED, ORDER_CONFIRMATION } from './topics.ts'

type FetchBack = (orderId: string, context: ConnectorContext) => Promise<Decoded>

/** Notifications name their order and no more. */
const FETCH_BACK: Readonly<Record<string, FetchBack>> = {
  [ORDER_CONFIRMATION]: wholeOrder,
  [ITEM_MARKED_SHIPPED]: shipmentsOf,
}

/** From bytes to records: orders as the Fulfillment API gives them, one record a fulfilment. */
export async function decode(
  message: RawMessage & { via: string },
  context: ConnectorContext,
): Promise<Decoded> {
  const body = parseJson(message.body)
  if (message.topic === ACCOUNT_DELETION) return accountDeletion(body)
  const fetchBack = FETCH_BACK[message.topic]
  if (fetchBack) return fetchBack(orderIdIn(body), context)
  const orders = valueAt(body, '/orders')
  return { records: Array.isArray(orders) ? orders : [body] }
}

async function wholeOrder(orderId: string, context: ConnectorContext): Promise<Decoded> {
  const order = await fetchOrder(merchantApi(context), orderId)
  return order ? { records: [order] } : missing
}

/** eBay tells neither which line nor which parcel: all parcels of the order, with what their lines are called. */
async function shipmentsOf(orderId: string, context: ConnectorContext): Promise<Decoded> {
  const api = merchantApi(context)
  const order = await fetchOrder(api, orderId)
  if (!order) return missing
  const lines = (order.lineItems ?? []).map(({ lineItemId, sku, title }) => ({ lineItemId, sku, title }))
  const fulfilments = await fetchFulfilments(api, orderId)
  if (fulfilments.length === 0)
    return {
      skip: 'SOURCE_SKIPPED',
      detail: 'The order has no fulfilment: it was marked as shipped by hand.',
    }
  return { records: fulfilments.map(fulfilment => ({ orderId, ...fulfilment, orderLines: lines })) }
}

/** An order whose payment failed goes back to unpaid, and another notification comes once it is paid. */
const missing: Decoded = {
  skip: 'SOURCE_SKIPPED',
  detail: 'eBay has no such order of this seller (yet): it is not paid, or it is another seller’s.',
}

/** `order` around it or not: the topics differ. */
function orderIdIn(body: unknown): string {
  for (const pointer of ['/notification/data/order/orderId', '/notification/data/orderId']) {
    const id = valueAt(body, pointer)
    if (typeof id === 'string' && id !== '') return id
  }
  throw new HubError('BODY_UNREADABLE', { detail: 'The notification names no order.' })
}
