import type { MappingScope, PublishedMapping, PublishedMappings } from '../../contracts/store.ts'
import { Listing } from './listing.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './rows.ts'

export const PUBLISHED = shapeOf<PublishedMapping>([
  ...(['mapping', 'scope', 'number', 'text', 'cases', 'note', 'by', 'at'] as const),
])
const MAX_HEADS = 10_000

export function createPublishedMappings({ prepare, write }: Parts): PublishedMappings {
  const table = 'publishedMappings'
  const insert = prepare(`INSERT INTO ${table} (${PUBLISHED.columns}) VALUES (${PUBLISHED.places})`)
  const newest = prepare(
    `SELECT coalesce(max(number), 0) AS number FROM ${table} WHERE mapping = ? AND scope = ?`,
  )
  const find = prepare(
    `SELECT ${PUBLISHED.columns} FROM ${table} WHERE mapping = ? AND scope = ? AND number = ?`,
  )
  const heads = prepare(
    `SELECT ${PUBLISHED.columns} FROM ${table} WHERE (mapping, scope, number) IN
     (SELECT mapping, scope, max(number) FROM ${table} GROUP BY mapping, scope)
     ORDER BY mapping, scope LIMIT ${MAX_HEADS}`,
  )
  // Nothing is ever taken away, so the last `seq` is the count.
  const count = prepare(`SELECT coalesce(max(seq), 0) AS count FROM ${table}`)
  const listing = new Listing<{ mapping?: string; scope?: MappingScope }, PublishedMapping>({
    ...{ prepare, table, columns: PUBLISHED.columns, toItem: PUBLISHED.record },
    terms: { mapping: 'mapping = ?', scope: 'scope = ?' },
  })

  return {
    publish: (entry, after) =>
      write(() => {
        if (Number(newest.get(entry.mapping, entry.scope)!.number) !== after) return null
        const published = { ...entry, number: after + 1 }
        insert.run(...PUBLISHED.values(published))
        return published
      }),
    async get(mapping, scope, number) {
      const row = find.get(mapping, scope, number)
      return row ? PUBLISHED.record(row) : null
    },
    heads: async () => heads.all().map(PUBLISHED.record),
    list: async (filter, page) => listing.page(filter, page),
    count: async () => Number(count.get()!.count),
  }
}
