import { type Decoded, parseJson, type RawMessage } from '../../sdk/index.ts'
import { POLLED_ORDER } from './topics.ts'

/** Of the order that a shipment belongs to; a shipment alone names it by id and reference. */
const OF_ORDER = ['order_number', 'reference_id', 'purchase_date', 'status'] as const

/**
 * Shipments are told alone or inside their order, by topic and version; both become one record a shipment. Lists come as
 * they are or under `items`.
 */
export function decode(message: RawMessage): Decoded {
  const body = parseJson(message.body)
  const records = listOf(body)
  if (message.topic !== POLLED_ORDER && !message.topic.startsWith('order.')) return { records }
  const shipments = records.flatMap(shipmentsOf)
  if (shipments.length > 0 || records.length === 0) return { records: shipments }
  return { skip: 'SOURCE_SKIPPED', detail: 'The order has no shipment yet.' }
}

function listOf(body: unknown): unknown[] {
  if (Array.isArray(body)) return body
  const { items } = Object(body) as { items?: unknown }
  return Array.isArray(items) ? items : [body]
}

function shipmentsOf(record: unknown): unknown[] {
  const { shipments, id, ...order } = Object(record) as Record<string, unknown>
  if (!Array.isArray(shipments)) return [record]
  const known = Object.fromEntries(OF_ORDER.map(name => [name, order[name]]))
  return shipments.map(shipment => ({ order_id: id, ...shipment, order: { id, ...known } }))
}
