import { HubError, type PushOperation } from '../../../sdk/index.ts'
import { search } from '../api.ts'
import type { Square } from './find-location.ts'

interface Variation {
  id: string
  is_deleted?: boolean
  item_variation_data?: { sku?: string }
}

export interface Count {
  catalog_object_id?: string
  location_id?: string
  state?: string
  quantity?: string
}

export interface CountedAt {
  article: string
  at: string
}

/** What Square takes in one look-up; answers with counts have as many on a page. */
const MOST = 100

/** The variation with this SKU. What was linked before is used again as long as it has the SKU: those are looked up together. */
export async function findArticle(
  square: Square,
  { sku, externalId }: { sku: string } & Pick<PushOperation, 'externalId'>,
): Promise<string> {
  const linked = externalId?.split('@')[0]
  if (linked && isSold(await variationOf(square, linked), sku)) return linked
  const { objects = [] } = await search<{ objects?: Variation[] }>(square.api, '/catalog/search', {
    object_types: ['ITEM_VARIATION'],
    query: { exact_query: { attribute_name: 'sku', attribute_value: sku } },
  })
  // Square compares without regard to case.
  const found = objects.filter(one => isSold(one, sku))
  if (found.length === 1) return found[0]!.id
  throw new HubError('PARTNER_REFUSED', {
    detail:
      found.length === 0
        ? 'The SKU is in no article of the catalogue.'
        : `The SKU is that of ${found.length} articles.`,
    fingerprint: 'sku',
  })
}

const isSold = (one: Variation | undefined, sku: string): boolean =>
  one !== undefined && !one.is_deleted && one.item_variation_data?.sku === sku

const variationOf = ({ api, context }: Square, id: string): Promise<Variation | undefined> =>
  context.together<string, Variation | undefined>(id, {
    name: 'articles by id',
    max: MOST,
    async send(ids) {
      const path = '/catalog/batch-retrieve'
      const body = { object_ids: [...new Set(ids)] }
      const { objects = [] } = await search<{ objects?: Variation[] }>(api, path, body)
      return ids.map(one => objects.find(object => object.id === one))
    },
  })

/** Units on sale; null where none were ever counted. */
export const countOf = ({ api, context }: Square, wanted: CountedAt): Promise<number | null> =>
  context.together<CountedAt, number | null>(wanted, {
    name: `counts at ${wanted.at}`,
    max: MOST,
    async send(all) {
      const { counts = [] } = await search<{ counts?: Count[] }>(api, '/inventory/counts/batch-retrieve', {
        catalog_object_ids: [...new Set(all.map(({ article }) => article))],
        location_ids: [wanted.at],
        states: ['IN_STOCK'],
        limit: MOST,
      })
      return all.map(one => unitsIn(counts, one))
    },
  })

export function unitsIn(counts: readonly Count[], { article, at }: CountedAt): number | null {
  const count = counts.find(
    one => one.catalog_object_id === article && one.location_id === at && one.state === 'IN_STOCK',
  )
  return count?.quantity === undefined ? null : Number(count.quantity)
}
