import { type ConnectorContext, type Decoded, HubError, parseJson, type RawMessage } from '../../sdk/index.ts'
import { adminApi } from './admin/admin-api.ts'
import { GRAPHQL_ORDER } from './manifest.ts'
import { type OneOrder, ORDER } from './operations/orders.ts'
import { accessTokenOf } from './settings.ts'
import { wholeOrder } from './whole-order.ts'

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

/** From bytes to records; `orders/edited` says only what changed, so the order is fetched whole. */
export async function decode(
  message: RawMessage & { via: string },
  context: ConnectorContext,
): Promise<Decoded> {
  const body = parseJson(message.body)
  if (message.topic === GRAPHQL_ORDER) return { records: [body] }
  const edit = message.topic === 'orders/edited' ? member(body, 'order_edit') : undefined
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

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const member = (value: unknown, name: string): unknown =>
  isRecord(value) ? (value[name] ?? undefined) : undefined
