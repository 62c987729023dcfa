import type { ConnectorContext, Decoded } from '../../sdk/index.ts'
import { isGone } from './responses.ts'
import { keysOf } from './settings.ts'
import { wooApi } from './woo-api.ts'

/** A record as WooCommerce writes it: anything may be missing. */
export type WooRecord = Record<string, unknown>

const KEYLESS = 'The webhook is thin, and the connection has no REST API key to ask for the rest.'

/** A deletion tells only the id. In the bin, the order is still there; after that it is gone, with nothing left to read. */
export async function deletedOrder(order: WooRecord, context: ConnectorContext): Promise<Decoded> {
  if ('line_items' in order) return { records: [order] }
  if (!keysOf(context.connection)) return { skip: 'SOURCE_SKIPPED', detail: KEYLESS }
  try {
    const { body } = await wooApi(context).call<WooRecord>({ path: `/orders/${idOf(order['id'])}` })
    return { records: [{ ...body, status: 'trash' }] }
  } catch (error) {
    if (!isGone(error)) throw error
    return { skip: 'NOT_FOUND', detail: 'The order was deleted for good: there is nothing left to read.' }
  }
}

/** Variations stand beside their product: a product is whole with them, and a variation alone is news of its product. */
export async function wholeProduct(product: WooRecord, context: ConnectorContext): Promise<Decoded> {
  const isVariation = product['type'] === 'variation'
  if (!isVariation && !isVariable(product)) return { records: [product] }
  if (!keysOf(context.connection)) return { skip: 'SOURCE_SKIPPED', detail: KEYLESS }
  const api = wooApi(context)
  try {
    const parent = isVariation
      ? (await api.call<WooRecord>({ path: `/products/${idOf(product['parent_id'])}` })).body
      : product
    return { records: [{ ...parent, variation_records: await variationsOf(parent, context) }] }
  } catch (error) {
    if (!isGone(error)) throw error
    return { skip: 'NOT_FOUND', detail: 'The product is no longer in the shop.' }
  }
}

/** Units are counted at a variation, or at the product for all of them (`manage_stock: "parent"`). */
export async function stockOf(product: WooRecord, context: ConnectorContext): Promise<Decoded> {
  if (!isVariable(product)) return { records: [product] }
  const variations = await variationsOf(product, context)
  const records = variations.map(variation => ({ ...variation, parent_id: product['id'] }))
  return { records: product['manage_stock'] === true ? [product, ...records] : records }
}

/** The refunds of an order, with what they do not say themselves. */
export async function refundsOf(order: WooRecord, context: ConnectorContext): Promise<Decoded> {
  const refunds = await wooApi(context).list<WooRecord>(`/orders/${idOf(order['id'])}/refunds`)
  const of = { order_id: order['id'], order_number: order['number'] }
  const money = { currency: order['currency'], prices_include_tax: order['prices_include_tax'] }
  return { records: refunds.map(refund => ({ ...refund, ...of, ...money })) }
}

/** The parcels that stand in the order’s meta data. */
export function trackingsOf(order: WooRecord): Decoded {
  const { trackings, id, number, date_modified_gmt: at } = order
  const items = Array.isArray(trackings) ? (trackings as WooRecord[]) : []
  return {
    records: items.map(item => ({ ...item, order_id: id, order_number: number, date_modified_gmt: at })),
  }
}

const variationsOf = (product: WooRecord, context: ConnectorContext): Promise<WooRecord[]> =>
  wooApi(context).list<WooRecord>(`/products/${idOf(product['id'])}/variations`)

/** Kinds of products that plugins add (subscriptions) say it in their type as well. */
const isVariable = ({ type, variations }: WooRecord): boolean =>
  (typeof type === 'string' && type.startsWith('variable')) ||
  (Array.isArray(variations) && variations.length > 0)

const idOf = (id: unknown): string => encodeURIComponent(String(id))
