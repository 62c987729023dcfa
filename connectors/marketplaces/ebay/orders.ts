import { type Api, HubError } from '../../sdk/index.ts'
import { listIn } from './api.ts'

/** What the connector itself reads of an order; the rest is for the mapping. */
export interface EbayOrder {
  orderId: string
  lastModifiedDate?: string
  lineItems?: EbayLine[]
}

export interface EbayLine {
  lineItemId: string
  sku?: string
  title?: string
  quantity: number
  lineItemFulfillmentStatus?: string
}

export interface Fulfilment {
  fulfillmentId: string
  shipmentTrackingNumber?: string
  shippingCarrierCode?: string
  shippedDate?: string
  lineItems?: { lineItemId: string; quantity?: number }[]
}

export const ORDERS = '/sell/fulfillment/v1/order'

/** Without it, fees and the taxes that eBay collects are told in part. */
export const TAXES = { fieldGroups: 'TAX_BREAKDOWN' }

/** Null: there is no such order of this merchant, or it has not been checked out. */
export async function fetchOrder(api: Api, orderId: string): Promise<EbayOrder | null> {
  const body = await orNull(
    api.call<EbayOrder>({ path: `${ORDERS}/${encodeURIComponent(orderId)}`, query: TAXES }),
  )
  if (body && body.orderId !== orderId)
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The answer is another order or none.' })
  return body
}

export async function fetchFulfilments(api: Api, orderId: string): Promise<Fulfilment[]> {
  const path = `${ORDERS}/${encodeURIComponent(orderId)}/shipping_fulfillment`
  return listIn<Fulfilment>((await api.call({ path })).body, 'fulfillments')
}

async function orNull<T>(call: Promise<{ body: T }>): Promise<T | null> {
  try {
    const { body } = await call
    if (typeof body !== 'object')
      throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The answer is empty.' })
    return body
  } catch (thrown) {
    if (thrown instanceof HubError && thrown.fingerprint === 'not-found') return null
    throw thrown
  }
}
