import { type PolledPage, pollSnapshot } from '../../../sdk/index.ts'
import { listDocs } from '../api.ts'
import { POLLED_BIN } from '../topics.ts'
import type { PollOf } from './changed.ts'

interface Bin {
  name: string
  item_code: string
  warehouse: string
}

const SIZE = 500

const FIGURES = ['actual_qty', 'reserved_qty', 'ordered_qty', 'projected_qty']

/**
 * Stock by item and warehouse. Not every way in which the figures change moves `modified`, so bins are read whole; pages go
 * on behind the last name.
 */
export const pollBins = ({ api, cursor, context }: PollOf): AsyncIterable<PolledPage> =>
  pollSnapshot<Bin>({
    ...{ topic: POLLED_BIN, cursor, context },
    async fetchPage(page) {
      const rows = await listDocs<Bin>(api, 'Bin', {
        filters: page === null ? [] : [['name', '>', page]],
        fields: ['name', 'item_code', 'warehouse', ...FIGURES],
        ...{ orderBy: 'name asc', limit: SIZE },
      })
      return { items: rows, next: rows.length === SIZE ? (rows.at(-1)?.name ?? null) : null }
    },
    idOf: ({ item_code, warehouse }) => `${item_code}@${warehouse}`,
  })
