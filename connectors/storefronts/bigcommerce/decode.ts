import {
  type Api,
  type ConnectorContext,
  type Decoded,
  HubError,
  parseJson,
  type RawMessage,
  textAt,
} from '../../sdk/index.ts'
import { bigcommerceApi, every, fetchOne, fetchV2 } from './api.ts'
import { withPlainDates } from './dates.ts'
import { type BigRecord, wholeOrder } from './fetch/order.ts'
import { refundOf, withOrder } from './fetch/refund.ts'
import { stockOf } from './fetch/stock.ts'
import { isGone } from './responses.ts'
import { REST_ORDER, REST_REFUND, REST_SHIPMENTS } from './topics.ts'

type FetchBack = (api: Api, body: unknown) => Promise<unknown[]>

/** Webhooks carry ids, no facts. What is not here is whole. */
export async function decode(
  message: RawMessage & { via: string },
  context: ConnectorContext,
): Promise<Decoded> {
  const body = parseJson(message.body)
  if (typeof body !== 'object' || body === null)
    throw new HubError('BODY_UNREADABLE', { detail: 'The body is no record.' })
  const fetchBack = fetchFor(message.topic)
  try {
    const records = fetchBack ? await fetchBack(bigcommerceApi(context), body) : [body]
    return { records: records.map(record => withPlainDates(record)) }
  } catch (thrown) {
    if (!isGone(thrown) || message.topic === REST_ORDER || message.topic.startsWith('store/order/'))
      throw thrown
    return { skip: 'SOURCE_SKIPPED', detail: 'It is no longer in the store.' }
  }
}

function fetchFor(topic: string): FetchBack | undefined {
  const exact = FETCH_BACK[topic]
  if (exact) return exact
  if (topic.startsWith('store/order/')) return order
  if (topic.includes('/inventory/')) return stock
  if (topic.startsWith('store/shipment/')) return shipment
  return topic.startsWith('store/product/') ? product : undefined
}

const order: FetchBack = async (api, body) => [
  await wholeOrder(api, idAt(body, textAt(body, '/data/order_id') ? '/data/order_id' : '/data/id')),
]

const refund: FetchBack = async (api, body) => [
  await refundOf(api, idAt(body, '/data/id'), idAt(body, '/data/refund/refund_id')),
]

const shipment: FetchBack = async (api, body) => [
  await fetchOne(api, {
    path: `/v2/orders/${idAt(body, '/data/orderId')}/shipments/${idAt(body, '/data/id')}`,
  }),
]

const product: FetchBack = async (api, body) => [
  await fetchOne(api, {
    path: `/v3/catalog/products/${idAt(body, '/data/id')}`,
    query: { include: 'variants,images,options' },
  }),
]

/** Counted at the product or at its variants: the webhook names the one that changed. */
const stock: FetchBack = (api, body) => {
  const variant = textAt(body, '/data/inventory/variant_id')
  return variant
    ? stockOf(api, { 'variant_id:in': variant })
    : stockOf(api, { 'product_id:in': idAt(body, '/data/inventory/product_id') })
}

/** What is deleted cannot be fetched; the id is all that is left, and enough. */
const deletedProduct: FetchBack = async (_, body) => [{ id: idAt(body, '/data/id') }]

const deletedShipment: FetchBack = async (_, body) => [
  { id: idAt(body, '/data/id'), order_id: idAt(body, '/data/orderId'), is_deleted: true },
]

const FETCH_BACK: Readonly<Record<string, FetchBack>> = {
  'store/order/refund/created': refund,
  'store/product/deleted': deletedProduct,
  'store/shipment/deleted': deletedShipment,
  // Newer than the list it came from, and in one piece with its parts.
  [REST_ORDER]: (api, body) => Promise.all(listOf(body).map(one => wholeOrder(api, idAt(one, '/id')))),
  [REST_REFUND]: async (api, body) => [await withOrder(api, idAt(body, '/order_id'), body as BigRecord)],
  [REST_SHIPMENTS]: (api, body) => {
    const path = `/v2/orders/${idAt(body, '/id')}/shipments`
    return every(page => fetchV2(api, { path }, page))
  },
}

const listOf = (body: unknown): unknown[] => (Array.isArray(body) ? body : [body])

/** A number of the store; nothing else may become part of an address. */
function idAt(body: unknown, pointer: string): string {
  const id = textAt(body, pointer)
  if (id !== undefined && /^\d{1,20}$/.test(id)) return id
  throw new HubError('BODY_UNREADABLE', { detail: `${pointer} of the body is no id.`, fingerprint: pointer })
}
