import type { Asked, Reply, Route } from '../../../sdk/testkit/serve-partner.ts'
import { notFound, ok, type Pages } from './answers.ts'
import type { Order, Till } from './types.ts'

/** Square’s own, without what only the simulator knows. */
export const shown = <T extends { writes: number }>({ writes: _, ...record }: T): Omit<T, 'writes'> => record

interface OrderSearch {
  location_ids: string[]
  cursor?: string
  limit?: number
  query: { filter: { date_time_filter: { updated_at: { start_at?: string; end_at?: string } } } }
}

interface CatalogSearch {
  object_types: string[]
  begin_time?: string
  cursor?: string
  limit?: number
  query?: { exact_query?: { attribute_value: string } }
}

interface CountSearch {
  catalog_object_ids?: string[]
  location_ids?: string[]
  updated_after?: string
  cursor?: string
  limit?: number
}

export function readRoutes(till: Till, pages: Pages): Route[] {
  return [
    { method: 'GET', path: /^\/v2\/locations$/, answer: () => ok({ locations: till.locations }) },
    {
      method: 'GET',
      path: /^\/v2\/orders\/([^/]+)$/,
      answer(_, id = '') {
        const order = till.orders.get(id)
        return order ? ok({ order: shown(order) }) : notFound()
      },
    },
    { method: 'POST', path: /^\/v2\/orders\/search$/, answer: asked => searchOrders(till, pages, asked) },
    { method: 'GET', path: /^\/v2\/refunds$/, answer: asked => listRefunds(till, pages, asked) },
    {
      method: 'POST',
      path: /^\/v2\/catalog\/batch-retrieve$/,
      answer({ body }) {
        const { object_ids: ids } = body as { object_ids: string[] }
        const objects = everyObject(till).filter(({ id }) => ids.includes(id))
        return ok(objects.length > 0 ? { objects } : {})
      },
    },
    { method: 'POST', path: /^\/v2\/catalog\/search$/, answer: asked => searchCatalog(till, pages, asked) },
    {
      method: 'POST',
      path: /^\/v2\/inventory\/counts\/batch-retrieve$/,
      answer: asked => retrieveCounts(till, pages, asked),
    },
  ]
}

const everyObject = (till: Till) =>
  [...till.items.values()].flatMap(item => [item, ...item.item_data.variations])

const byChange = (a: Order, b: Order): number =>
  Date.parse(a.updated_at) - Date.parse(b.updated_at) || (a.id < b.id ? -1 : 1)

function searchOrders(till: Till, pages: Pages, { body }: Asked): Reply {
  const { location_ids: locations, query, ...at } = body as OrderSearch
  if (locations.length > 10) return { status: 400, body: { errors: [{ code: 'ARRAY_LENGTH_TOO_LONG' }] } }
  const { start_at: start, end_at: end } = query.filter.date_time_filter.updated_at
  const fits = ({ location_id: location, updated_at: changed }: Order): boolean =>
    locations.includes(location) &&
    (!start || Date.parse(changed) >= Date.parse(start)) &&
    (!end || Date.parse(changed) <= Date.parse(end))
  return pages.page('orders', () => [...till.orders.values()].filter(fits).toSorted(byChange).map(shown), at)
}

function listRefunds(till: Till, pages: Pages, { query }: Asked): Reply {
  const since = Date.parse(query.get('updated_at_begin_time') ?? '') || 0
  const cursor = query.get('cursor') ?? undefined
  return pages.page(
    'refunds',
    () =>
      [...till.refunds.values()]
        .filter(refund => Date.parse(refund.updated_at) >= since)
        .toSorted((a, b) => Date.parse(a.updated_at) - Date.parse(b.updated_at)),
    { limit: Number(query.get('limit') ?? 100), ...(cursor ? { cursor } : {}) },
  )
}

function searchCatalog(till: Till, pages: Pages, { body }: Asked): Reply {
  const { object_types: types, begin_time: begin, query, ...at } = body as CatalogSearch
  const sku = query?.exact_query?.attribute_value.toLowerCase()
  const skuOf = (object: object): unknown =>
    (object as { item_variation_data?: { sku?: string } }).item_variation_data?.sku?.toLowerCase()
  const all = () =>
    everyObject(till)
      .filter(object => types.includes(String(object['type'])))
      .filter(object => sku === undefined || skuOf(object) === sku)
      // After, not at.
      .filter(object => !begin || Date.parse(object.updated_at) > Date.parse(begin))
  return pages.page('objects', all, at)
}

function retrieveCounts(till: Till, pages: Pages, { body }: Asked): Reply {
  const {
    catalog_object_ids: ids,
    location_ids: locations,
    updated_after: after,
    ...at
  } = body as CountSearch
  const all = () =>
    [...till.counts.values()]
      .filter(count => !ids || ids.includes(count.catalog_object_id))
      .filter(count => !locations || locations.includes(count.location_id))
      .filter(count => !after || Date.parse(count.calculated_at) > Date.parse(after))
      .map(shown)
  return pages.page('counts', all, at)
}
