import type { MetaItem } from '../trackings.ts'
import { type Answer, type Asked, ok, pageOf, refused } from './answers.ts'
import { gmt, type SimOrder, type SimProduct, type SimWebhook, times } from './records.ts'
import type { Shop } from './shop.ts'

type Route = (at: { shop: Shop; asked: Asked; id: number; child: number; now: number }) => Answer

const gone = (what: string): Answer => refused(404, `woocommerce_rest_${what}_invalid_id`)

/** First fitting row; `N` in a path is a number. */
const ROUTES: readonly [method: string, path: string, route: Route][] = [
  ['GET', '/orders', ({ shop, asked, now }) => changed([...shop.orders.values()], asked, now)],
  ['GET', '/orders/N', ({ shop, id }) => orElse(shop.orders.get(id), 'shop_order')],
  ['PUT', '/orders/N', putOrder],
  ['GET', '/orders/N/refunds', ({ shop, asked, id }) => pageOf(shop.refunds.get(id) ?? [], asked)],
  // This list has no pages.
  ['GET', '/orders/N/notes', ({ shop, id }) => ok(shop.notes.get(id) ?? [])],
  ['POST', '/orders/N/notes', postNote],
  ['GET', '/products', getProducts],
  ['POST', '/products/batch', at => putBatch(at, '/products')],
  ['GET', '/products/N', ({ shop, id }) => orElse(shop.products.get(id), 'product')],
  ['PUT', '/products/N', at => putStock(at, at.id)],
  ['GET', '/products/N/variations', ({ shop, asked, id }) => pageOf(shop.variationsOf(id), asked)],
  ['POST', '/products/N/variations/batch', at => putBatch(at, `/products/${at.id}/variations`)],
  ['PUT', '/products/N/variations/N', at => putStock(at, at.child)],
  ['GET', '/webhooks', ({ shop, asked }) => pageOf([...shop.webhooks.values()].map(shown), asked)],
  ['POST', '/webhooks', postWebhook],
  ['PUT', '/webhooks/N', putWebhook],
  ['DELETE', '/webhooks/N', ({ shop, id }) => (shop.webhooks.delete(id) ? ok({ id }) : gone('shop_webhook'))],
]

export function answerTo(shop: Shop, asked: Asked, now: number): Answer {
  const [id = 0, child = 0] = (asked.path.match(/\d+/g) ?? []).map(Number)
  const path = asked.path.replace(/\d+/g, 'N')
  const route = ROUTES.find(([method, of]) => method === asked.method && of === path)?.[2]
  return route ? route({ shop, asked, id, child, now }) : refused(404, 'rest_no_route')
}

const orElse = (record: object | undefined, what: string): Answer => (record ? ok(record) : gone(what))

/** Lists by time of change. `modified_after` leaves its own second out, and is local time unless told. */
function changed(records: (SimOrder | SimProduct)[], asked: Asked, now: number): Answer {
  const { query } = asked
  const after = query.get('modified_after')
  const name = query.get('dates_are_gmt') === 'true' ? 'date_modified_gmt' : 'date_modified'
  const found = records
    // What changes while a page is made is not on it.
    .filter(record => record.date_modified_gmt <= gmt(now) || after === null)
    .filter(record => after === null || String(record[name]) > after)
  if (query.get('orderby') === 'modified')
    found.sort((a, b) => a.date_modified_gmt.localeCompare(b.date_modified_gmt) || a.id - b.id)
  return pageOf(found, asked)
}

function getProducts({ shop, asked, now }: Parameters<Route>[0]): Answer {
  const products = [...shop.products.values()]
  const sku = asked.query.get('sku')
  // Only the filter by SKU finds variations.
  if (sku !== null)
    return pageOf(
      products.filter(product => sku.split(',').includes(product.sku)),
      asked,
    )
  return changed(
    products.filter(({ type }) => type !== 'variation'),
    asked,
    now,
  )
}

function putOrder({ shop, asked: { body, path }, id, now }: Parameters<Route>[0]): Answer {
  const order = shop.orders.get(id)
  if (!order) return gone('shop_order')
  for (const { id: known, key, value } of (body['meta_data'] ?? []) as MetaItem[]) {
    const entry = order.meta_data.find(item => (known ? item.id === known : item.key === key))
    if (entry) entry.value = value
    else order.meta_data.push({ id: shop.nextId(), key, value })
  }
  if (typeof body['status'] === 'string' && body['status'] !== order.status) {
    order.status = body['status']
    if (order.status === 'completed') Object.assign(order, times('completed', now))
  }
  shop.touch(order, now)
  count(shop, path)
  return ok(order)
}

function postNote({ shop, asked: { body, path }, id, now }: Parameters<Route>[0]): Answer {
  if (!shop.orders.has(id)) return gone('shop_order')
  const note = {
    id: shop.nextId(),
    ...times('created', now),
    note: body['note'],
    customer_note: body['customer_note'],
  }
  shop.notes.set(id, [...(shop.notes.get(id) ?? []), note])
  count(shop, path)
  return { status: 201, body: note }
}

function putStock({ shop, asked: { body, path }, now }: Parameters<Route>[0], id: number): Answer {
  const product = shop.products.get(id)
  if (!product) return gone('product')
  const { inventory_delta: delta, ...members } = body
  Object.assign(product, members)
  // A figure that is set wins over a difference, and what is not counted has no figure.
  if (typeof delta === 'number' && product.manage_stock && !('stock_quantity' in body))
    product.stock_quantity = (product.stock_quantity ?? 0) + delta
  shop.touch(product, now)
  // A variation that is saved saves its product.
  const parent = shop.products.get(product.parent_id)
  if (parent) shop.touch(parent, now)
  count(shop, path)
  return ok(product)
}

/** One after the other; what is refused stands in its place in the answer. Variations are not products. */
function putBatch(at: Parameters<Route>[0], place: string): Answer {
  const updates = (at.asked.body['update'] ?? []) as { id: number }[]
  if (updates.length > MOST_IN_BATCH) return refused(413, 'woocommerce_rest_request_entity_too_large')
  const update = updates.map(({ id, ...body }) => {
    const parent = at.shop.products.get(id)?.parent_id ?? 0
    const asked = { ...at.asked, path: `${place}/${id}`, body }
    const { status, body: record } = parent === at.id ? putStock({ ...at, asked }, id) : gone('product')
    return status === 200 ? record : { id, error: record }
  })
  return ok({ update })
}

const MOST_IN_BATCH = 100

const count = ({ writes }: Shop, path: string): void => void writes.set(path, (writes.get(path) ?? 0) + 1)

function postWebhook({ shop, asked: { body } }: Parameters<Route>[0]): Answer {
  const id = shop.nextId()
  const webhook = { id, failure_count: 0, ...body } as SimWebhook
  if (!webhook.topic || !webhook.delivery_url) return refused(400, 'woocommerce_rest_missing_callback_param')
  shop.webhooks.set(id, webhook)
  return { status: 201, body: shown(webhook) }
}

function putWebhook({ shop, asked: { body }, id }: Parameters<Route>[0]): Answer {
  const webhook = shop.webhooks.get(id)
  if (!webhook) return gone('shop_webhook')
  Object.assign(webhook, body, { failure_count: 0 })
  return ok(shown(webhook))
}

const shown = ({ secret: _secret, failure_count: _failures, ...webhook }: SimWebhook): object => webhook
