import { type Api, type ConnectorContext, pagesOf } from '../../sdk/index.ts'
import { type SquareRecord, search } from './api.ts'
import { squareSettings } from './settings.ts'

/** What Square takes in one look-up. */
const MOST_IDS = 1_000

/** What an order line or a count does not say of its article. */
export interface Article {
  sku?: string
  upc?: string
  item_id?: string
}

interface Variation {
  id: string
  type?: string
  item_variation_data?: Article
}

/** Articles by the id of their variation; empty where the connection does not want them. */
export async function articlesOf(
  api: Api,
  context: ConnectorContext,
  ids: readonly unknown[],
): Promise<ReadonlyMap<string, Article>> {
  const articles = new Map<string, Article>()
  const wanted = [...new Set(ids.filter(id => typeof id === 'string' && id !== ''))]
  if (!squareSettings(context.connection).skus) return articles
  for (let from = 0; from < wanted.length; from += MOST_IDS) {
    const { objects = [] } = await search<{ objects?: Variation[] }>(api, '/catalog/batch-retrieve', {
      object_ids: wanted.slice(from, from + MOST_IDS),
      // What was sold may be off the menu by now.
      include_deleted_objects: true,
    })
    for (const { id, item_variation_data: data } of objects) if (data) articles.set(id, articleIn(data))
  }
  return articles
}

const articleIn = ({ sku, upc, item_id }: Article): Article => ({
  ...(sku ? { sku } : {}),
  ...(upc ? { upc } : {}),
  ...(item_id ? { item_id } : {}),
})

export interface CatalogItem extends SquareRecord {
  id: string
  updated_at?: string
  item_data?: { variations?: { updated_at?: string }[] } & SquareRecord
}

interface Found {
  objects?: CatalogItem[]
  related_objects?: CatalogItem[]
  cursor?: string
}

/** One page of the items that changed after an instant, deleted ones too, each with the objects that it names. */
export async function changedItems(
  api: Api,
  { after, page }: { after: number | null; page: string | null },
): Promise<{ items: CatalogItem[]; next: string | null }> {
  const found = await search<Found>(api, '/catalog/search', {
    object_types: ['ITEM'],
    include_deleted_objects: true,
    include_related_objects: true,
    limit: 100,
    ...(after === null ? {} : { begin_time: new Date(after).toISOString() }),
    ...(page === null ? {} : { cursor: page }),
  })
  const related = found.related_objects ?? []
  const items = (found.objects ?? []).map(item => withRelated(item, related))
  return { items, next: found.cursor || null }
}

export async function allChangedItems(api: Api, after: number, signal: AbortSignal): Promise<CatalogItem[]> {
  const all: CatalogItem[] = []
  for await (const { items } of pagesOf(page => changedItems(api, { after, page }), { signal }))
    all.push(...items)
  return all
}

/** The page shares one list; each item keeps what it names. */
function withRelated(item: CatalogItem, related: readonly CatalogItem[]): CatalogItem {
  const text = JSON.stringify(item)
  const own = related.filter(({ id }) => text.includes(`"${id}"`))
  return own.length > 0 ? { ...item, related_objects: own } : item
}
