import type { Api, FetchedPage, Query } from '../../../sdk/index.ts'
import { every, fetchV3 } from '../api.ts'

export interface StockItem {
  identity?: { sku?: string | null; variant_id?: number; product_id?: number; sku_id?: number | null }
  locations?: Record<string, unknown>[]
}

/** The stock of one article at one location. */
export type StockRecord = NonNullable<StockItem['identity']> & Record<string, unknown>

const PATH = '/v3/inventory/items'

export async function stockPage(api: Api, page: number): Promise<FetchedPage<StockRecord>> {
  const { items, next } = await fetchV3<StockItem>(api, { path: PATH }, page)
  return { items: items.flatMap(perLocation), next }
}

/** The items that a filter names, as `{ 'variant_id:in': 5 }`. */
export async function stockOf(api: Api, query: Query): Promise<StockRecord[]> {
  const items = await every(page => fetchV3<StockItem>(api, { path: PATH, query }, page))
  return items.flatMap(perLocation)
}

const perLocation = ({ identity, locations = [] }: StockItem): StockRecord[] =>
  locations.map(location => ({ ...location, ...identity }))
