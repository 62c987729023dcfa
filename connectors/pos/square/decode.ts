import {
  type ConnectorContext,
  type Decoded,
  epochMs,
  HubError,
  parseJson,
  type RawMessage,
  valueAt,
} from '../../sdk/index.ts'
import { type SquareRecord, squareApi } from './api.ts'
import { allChangedItems, articlesOf } from './catalogue.ts'
import { POLLED_COUNT, POLLED_ITEM, POLLED_REFUND } from './topics.ts'
import { fetchOrder, type Order } from './whole-orders.ts'

/** The event may be told before the catalogue shows it, and one event stands for many changes. */
const CATALOGUE_OVERLAP_MS = 300_000

/** Webhooks name what changed, answers of the API hold it; both become records as the API has them. */
export async function decode(message: RawMessage, context: ConnectorContext): Promise<Decoded> {
  const body = parseJson(message.body)
  const { topic } = message
  if (topic.startsWith('refund.') || topic === POLLED_REFUND) return refund(body, context)
  if (topic.startsWith('inventory.') || topic === POLLED_COUNT) return counts(body, context)
  if (topic.startsWith('catalog.') || topic === POLLED_ITEM) return items(body, context)
  return orders(body, context)
}

async function orders(body: unknown, context: ConnectorContext): Promise<Decoded> {
  const whole = valueAt(body, '/orders') ?? valueAt(body, '/order') ?? body
  if (Array.isArray(whole) || valueAt(whole, '/location_id') !== undefined) return { records: listOf(whole) }
  const event = memberOf(valueAt(body, '/data/object'))
  const id = event?.['order_id']
  if (typeof id === 'string' && id !== '')
    return { records: [await fetchOrder(squareApi(context), context, id)] }
  if (valueAt(body, '/type')?.toString().startsWith('payment.'))
    return { skip: 'SOURCE_SKIPPED', detail: 'The payment belongs to no order.' }
  throw unreadable('names no order')
}

/** A refund names money only; what came back stands in the order that Square made for the return. */
async function refund(body: unknown, context: ConnectorContext): Promise<Decoded> {
  const record = valueAt(body, '/data/object/refund') ?? valueAt(body, '/refund') ?? body
  if (!isRecord(record)) throw unreadable('holds no refund')
  const { order_id: id } = record
  const returned = typeof id === 'string' && id !== '' ? await orderIfAny(id, context) : undefined
  return { records: [returned ? { ...record, return_order: returned } : record] }
}

/** A refund that its order cannot be read of is money all the same. */
async function orderIfAny(id: string, context: ConnectorContext): Promise<Order | undefined> {
  try {
    return await fetchOrder(squareApi(context), context, id)
  } catch (thrown) {
    if (thrown instanceof HubError && thrown.fingerprint === 'NOT_FOUND') return undefined
    throw thrown
  }
}

async function counts(body: unknown, context: ConnectorContext): Promise<Decoded> {
  const told = valueAt(body, '/data/object/inventory_counts') ?? valueAt(body, '/counts') ?? body
  const records = listOf(told).filter(isRecord)
  const ids = records.map(record => record['catalog_object_id'])
  const articles = await articlesOf(squareApi(context), context, ids)
  return {
    records: records.map(record => {
      const article = articles.get(String(record['catalog_object_id']))
      return article ? { ...record, article } : record
    }),
  }
}

/** `catalog.version.updated` says that something changed, and when. */
async function items(body: unknown, context: ConnectorContext): Promise<Decoded> {
  const told = epochMs(valueAt(body, '/data/object/catalog_version/updated_at'))
  if (told === undefined) return { records: listOf(valueAt(body, '/objects') ?? body) }
  const changed = await allChangedItems(squareApi(context), told - CATALOGUE_OVERLAP_MS, context.signal)
  if (changed.length > 0) return { records: changed }
  return { skip: 'SOURCE_SKIPPED', detail: 'No item of the catalogue changed.' }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

const isRecord = (value: unknown): value is SquareRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The one object under a key that says what it is: `order_created`, `payment`. */
const memberOf = (value: unknown): SquareRecord | undefined =>
  isRecord(value) ? Object.values(value).find(isRecord) : undefined

const unreadable = (what: string): HubError =>
  new HubError('BODY_UNREADABLE', { detail: `The event ${what}.`, fingerprint: what })
