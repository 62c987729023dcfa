import { type Api, HubError } from '../../../sdk/index.ts'
import { fetchOne } from '../api.ts'
import { type BigRecord, partOf } from './order.ts'

/** What a refund does not say of itself and its order does. */
const OF_ORDER = [
  'id',
  'currency_code',
  'default_currency_code',
  'is_tax_inclusive_pricing',
  'payment_method',
]

/** Of each article, which a refund names by the id of its order line. */
const OF_PRODUCT = ['id', 'sku', 'name', 'variant_id']

export async function refundOf(api: Api, orderId: string, refundId: string): Promise<BigRecord> {
  const refunds = await partOf(api, orderId, 'refunds')
  const refund = refunds.find(({ id }) => String(id) === refundId)
  if (refund) return withOrder(api, orderId, refund)
  // The webhook may be ahead of the list.
  throw new HubError('PARTNER_ANSWER_INVALID', {
    detail: 'The refund is not (yet) among those of its order.',
  })
}

export async function withOrder(api: Api, orderId: string, refund: BigRecord): Promise<BigRecord> {
  const order = await fetchOne(api, { path: `/v2/orders/${orderId}` })
  const products = Array.isArray(order['products'])
    ? (order['products'] as BigRecord[])
    : await partOf(api, orderId, 'products')
  return {
    ...refund,
    order: { ...members(order, OF_ORDER), products: products.map(product => members(product, OF_PRODUCT)) },
  }
}

const members = (of: BigRecord, names: readonly string[]): BigRecord =>
  Object.fromEntries(names.filter(name => of[name] !== undefined).map(name => [name, of[name]]))
