import type { ConnectorContext } from '../../../sdk/index.ts'
import { type SpApi, spApi } from '../api/sp-api.ts'
import { amazonSettings } from '../settings.ts'
import { ORDER_TOPIC } from '../topics.ts'
import { fetchOrderV0 } from './orders-v0.ts'

/** All that becomes part of a document. Personal data comes by the roles of the app, without a restricted token. */
export const INCLUDED_DATA = [
  'BUYER',
  'RECIPIENT',
  'PROCEEDS',
  'EXPENSE',
  'PROMOTION',
  'CANCELLATION',
  'FULFILLMENT',
  'PACKAGES',
  'TAX',
  'PAYMENT',
] as const

/** What the connector itself reads of an order; the mapping reads the rest. */
export interface Order2026 {
  orderId: string
  salesChannel?: { marketplaceId?: string }
  orderItems?: {
    orderItemId: string
    quantityOrdered: number
    product?: { sellerSku?: string; asin?: string }
  }[]
  packages?: { packageReferenceId: string; trackingNumber?: string; carrier?: string }[]
}

/** The order and the topic of its mapping, by the API version that the connection is set to; undefined: not there. */
export async function fetchOrder(
  context: ConnectorContext,
  orderId: string,
): Promise<{ topic: string; order: unknown } | undefined> {
  const { ordersApi } = amazonSettings(context.connection)
  const api = spApi(context)
  const order = await (ordersApi === 'v0' ? fetchOrderV0(api, orderId) : fetchOrder2026(api, orderId))
  return order === undefined ? undefined : { topic: ORDER_TOPIC[ordersApi], order }
}

export async function fetchOrder2026(api: SpApi, orderId: string): Promise<Order2026 | undefined> {
  const answer = await api.call<{ order: Order2026 } | undefined>({
    operation: 'orders.getOrder',
    version: '2026-01-01',
    path: { orderId },
    query: { includedData: [...INCLUDED_DATA] },
    absent: 404,
  })
  return answer?.order
}
