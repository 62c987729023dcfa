import { type ConnectorContext, type Decoded, HubError, parseJson, type RawMessage } from '../../sdk/index.ts'
import { adminApi } from './admin/admin-api.ts'
import { graphqlRecords } from './graphql-records.ts'
import { GRAPHQL_LEVEL, GRAPHQL_ORDER, GRAPHQL_PRODUCT, GRAPHQL_RETURN } from './manifest.ts'
import { LEVEL, type OneLevel } from './operations/inventory-levels.ts'
import { type OneOrder, ORDER } from './operations/orders.ts'
import { type OneProduct, PRODUCT } from './operations/products.ts'
import { type OneReturn, RETURN } from './operations/returns.ts'
import { privacyRequest } from './privacy.ts'
import { globalId } from './pushes/global-id.ts'
import { accessTokenOf } from './settings.ts'
import { wholeOrder } from './whole-order.ts'
import { wholeProduct } from './whole-product.ts'

/** REST answers and some webhooks wrap their records; the plural ones hold lists. */
const ENVELOPES = new Set([
  'order',
  'orders',
  'fulfillment',
  'fulfillments',
  'refund',
  'refunds',
  'inventory_level',
  'inventory_levels',
  'product',
  'products',
])

/**
 * From bytes to records. `orders/edited` and `returns/…` say only what changed, stock webhooks know no SKU and product
 * webhooks no weight: these are fetched back whole. A request for a person’s data is no record at all.
 */
export async function decode(
  message: RawMessage & { via: string },
  context: ConnectorContext,
): Promise<Decoded> {
  const { topic } = message
  const body = parseJson(message.body)
  const privacy = privacyRequest(message, body)
  if (privacy) return privacy
  if (topic === GRAPHQL_ORDER) return { records: [body] }
  if (topic === GRAPHQL_LEVEL) return { records: graphqlRecords(body, 'InventoryLevel') }
  if (topic === GRAPHQL_RETURN) return { records: graphqlRecords(body, 'Return') }
  if (topic === GRAPHQL_PRODUCT) return { records: graphqlRecords(body, 'Product') }
  if (topic.startsWith('locations/')) return LOCATION_CHANGED
  if (topic === 'products/create' || topic === 'products/update') return fetchProduct(unwrap(body), context)
  if (topic.startsWith('returns/')) return fetchReturn(body, context)
  if (topic.startsWith('inventory_levels/')) return fetchLevels(unwrap(body), context)
  const edit = topic === 'orders/edited' ? member(body, 'order_edit') : undefined
  return edit === undefined ? { records: unwrap(body) } : fetchEdited(edit, context)
}

/** An envelope has one member with a known name; an order that merely has `fulfillments` has an id as well. */
function unwrap(body: unknown): unknown[] {
  if (Array.isArray(body)) return body
  if (!isRecord(body) || 'id' in body) return [body]
  const wrapped = Object.keys(body).find(
    key => ENVELOPES.has(key) && typeof body[key] === 'object' && body[key] !== null,
  )
  return wrapped === undefined ? [body] : [body[wrapped]].flat()
}

async function fetchEdited(edit: unknown, context: ConnectorContext): Promise<Decoded> {
  if (!accessTokenOf(context.connection)) {
    return {
      skip: 'COVERED_ELSEWHERE',
      detail: 'An edit says only what changed; `orders/updated` brings the order whole.',
    }
  }
  const orderId = member(edit, 'order_id')
  if (orderId === undefined) throw new HubError('BODY_UNREADABLE', { detail: 'The edit names no order.' })
  const api = await adminApi(context)
  const { order, shop } = await api<OneOrder>(ORDER, { id: `gid://shopify/Order/${String(orderId)}` })
  if (!order) return { skip: 'COVERED_ELSEWHERE', detail: 'The order that was edited is no longer there.' }
  return { topic: GRAPHQL_ORDER, records: [await wholeOrder(api, order, shop.ianaTimezone)] }
}

async function fetchReturn(body: unknown, context: ConnectorContext): Promise<Decoded> {
  if (!accessTokenOf(context.connection))
    return {
      skip: 'COVERED_ELSEWHERE',
      detail: 'A return says little by itself; its refund comes by `refunds/create`.',
    }
  const id = member(body, 'admin_graphql_api_id') ?? member(body, 'id')
  if (id === undefined) throw new HubError('BODY_UNREADABLE', { detail: 'The webhook names no return.' })
  const api = await adminApi(context)
  const { return: found } = await api<OneReturn>(RETURN, { id: globalId('Return', String(id)) })
  if (!found) return { skip: 'COVERED_ELSEWHERE', detail: 'The return is no longer there.' }
  return { topic: GRAPHQL_RETURN, records: [found] }
}

/** A location is no document: its name stands in the stock that lies there. */
const LOCATION_CHANGED: Decoded = {
  skip: 'COVERED_ELSEWHERE',
  detail: 'A location comes with the stock that lies there, under the name it has when that is read.',
}

/** Webhooks lack weight, tracking and shipping of a variant, and variants beyond the hundredth. */
async function fetchProduct(records: unknown[], context: ConnectorContext): Promise<Decoded> {
  const id = records.length === 1 ? member(records[0], 'id') : undefined
  if (id === undefined || !accessTokenOf(context.connection)) return { records }
  const api = await adminApi(context)
  const { product, shop } = await api<OneProduct>(PRODUCT, { id: globalId('Product', String(id)) })
  return product ? { topic: GRAPHQL_PRODUCT, records: [await wholeProduct(api, product, shop)] } : { records }
}

/** Many levels at once come from no webhook; a level that is gone stays what the webhook said. */
async function fetchLevels(records: unknown[], context: ConnectorContext): Promise<Decoded> {
  const [only] = records
  const id = records.length === 1 ? member(only, 'admin_graphql_api_id') : undefined
  if (typeof id !== 'string' || !accessTokenOf(context.connection)) return { records }
  const api = await adminApi(context)
  const { inventoryLevel } = await api<OneLevel>(LEVEL, { id })
  return inventoryLevel ? { topic: GRAPHQL_LEVEL, records: [inventoryLevel] } : { records }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const member = (value: unknown, name: string): unknown =>
  isRecord(value) ? (value[name] ?? undefined) : undefined
