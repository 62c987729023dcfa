import type { PublishedMapping, PublishedMappings } from '../../contracts/store.ts'
import { isDuplicate } from './errors.ts'
import { equals } from './filters.ts'
import { Listing } from './listing.ts'
import type { Parts } from './repository.ts'
import { identity, shapeOf } from './shape.ts'

export const PUBLISHED = shapeOf<PublishedMapping>({})
const MAX_HEADS = 10_000

export function createPublishedMappings({ collection, arrivals }: Parts): PublishedMappings {
  const published = collection('publishedMappings')
  const listing = new Listing<PublishedMapping>({ collection: published, toItem: PUBLISHED.record })

  async function newestNumber({ mapping, scope }: Pick<PublishedMapping, 'mapping' | 'scope'>) {
    const filter = equals(['mapping', 'scope'], { mapping, scope })
    const row = await published.findOne(filter, { sort: { number: -1 }, projection: { number: 1 } })
    return row?.['number'] ?? 0
  }

  return {
    async publish(entry, after) {
      if ((await newestNumber(entry)) !== after) return null
      const next: PublishedMapping = { ...entry, number: after + 1 }
      const _id = identity(next.mapping, next.scope, next.number)
      try {
        await published.insertOne({ ...PUBLISHED.stored(next), _id, seq: arrivals.next(next.at) })
        return next
      } catch (error) {
        if (isDuplicate(error)) return null
        throw error
      }
    },
    async get(mapping, scope, number) {
      const row = await published.findOne({ _id: identity(mapping, scope, number) })
      return row && PUBLISHED.record(row)
    },
    async heads() {
      const rows = await published
        .aggregate([
          { $sort: { mapping: 1, scope: 1, number: -1 } },
          { $group: { _id: { mapping: '$mapping', scope: '$scope' }, head: { $first: '$$ROOT' } } },
          { $replaceWith: '$head' },
          { $sort: { mapping: 1, scope: 1 } },
          { $limit: MAX_HEADS },
        ])
        .toArray()
      return rows.map(PUBLISHED.record)
    },
    list: (filter, page) => listing.page(equals(['mapping', 'scope'], filter), page),
    count: () => listing.count({}),
  }
}
