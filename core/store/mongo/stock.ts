import type { Collection, Document } from 'mongodb'
import type { Page, PageRequest, Stock, StockFilter, StockItem } from '../../contracts/store.ts'
import { decodeCursor, encodeCursor, limitOf } from '../paging.ts'
import { openMembers, type StockRecord, visibleStock } from '../stock-rules.ts'
import { equals } from './filters.ts'
import type { Parts } from './repository.ts'
import { type Row, type Shape, shapeOf } from './shape.ts'
import { stockChanges } from './stock-changes.ts'
import { Table } from './table.ts'

type StockRow = Omit<StockRecord, 'version'> & { changes: number }

const ROW = shapeOf<StockRow>({ id: 'id', json: ['counts', 'reservations', 'offers'] })

/** The `version` of a row counts writes, of which one may carry several changes. */
export const STOCK: Shape<StockRecord> = {
  stored: ({ version: changes, ...members }) => ROW.stored({ ...members, changes }),
  record(row) {
    const { changes: version, ...members } = ROW.record(row)
    return { ...members, version }
  },
}

export function createStock({ collection, arrivals }: Parts): Stock {
  const stock = collection('stock')
  const table = new Table<StockRecord>({ collection: stock, shape: STOCK, arrivals })
  const changes = stockChanges(table)

  return {
    change: (id, reduce) => changes.ask({ id, reduce }),
    async get(id) {
      const stored = await table.find(id)
      return stored && visibleStock(stored.record)
    },
    list: (filter, page) => inOrder(stock, filter, page),
    async due(now, limit) {
      // The lower bound says that there is one, for planners that do not conclude from the upper that the partial index will do.
      const rows = stock.find({ nextAt: { $gte: 0, $lte: now } }, { projection: { _id: 1 } })
      return (await rows.sort({ nextAt: 1, _id: 1 }).limit(limit).toArray()).map(({ _id }) => _id)
    },
  }
}

async function inOrder(
  stock: Collection<Row>,
  filter: StockFilter,
  request: PageRequest = {},
): Promise<Page<StockItem>> {
  const limit = limitOf(request)
  const open = openMembers(filter)
  const matching = equals(['tenant', 'sku'], filter)
  const ranges = rangesAfter(open, request).map(range => ({ $and: [matching, range] }))
  const [rows, total] = await Promise.all([
    firstOf(stock, { ranges, open, limit: limit + 1 }),
    stock.countDocuments(matching, open.length === 2 ? { hint: '_id_' } : {}),
  ])
  const items = rows.slice(0, limit).map(row => visibleStock(STOCK.record(row)))
  const last = items.at(-1)
  return {
    items,
    next: last && rows.length > limit ? encodeCursor(open.map(member => last[member])) : null,
    total,
  }
}

/** What follows the cursor, as ranges of the index by which the list is sorted, one behind the other. */
function rangesAfter(open: readonly string[], request: PageRequest): Document[] {
  const [first, second] = decodeCursor(request, open.length)?.map(String) ?? []
  if (first === undefined) return [{}]
  if (second === undefined) return [{ [open[0]!]: { $gt: first } }]
  return [{ tenant: first, sku: { $gt: second } }, { tenant: { $gt: first } }]
}

async function firstOf(
  stock: Collection<Row>,
  { ranges, open, limit }: { ranges: readonly Document[]; open: readonly string[]; limit: number },
): Promise<Row[]> {
  const rows: Row[] = []
  for (const range of ranges) {
    if (rows.length === limit) break
    const left = limit - rows.length
    const found = stock.find(range, { batchSize: left }).sort(open.map(member => [member, 1] as const))
    rows.push(...(await found.limit(left).toArray()))
  }
  return rows
}
