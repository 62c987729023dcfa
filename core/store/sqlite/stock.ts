import type { Page, PageRequest, Stock, StockFilter, StockItem } from '../../contracts/store.ts'
import { decodeCursor, encodeCursor, limitOf } from '../paging.ts'
import { openMembers, reduceStock, type StockRecord, visibleStock } from '../stock-rules.ts'
import { conditionsOf, conjunction, type Terms } from './conditions.ts'
import type { Prepare } from './database.ts'
import type { Parts } from './repository.ts'
import { type Row, shapeOf } from './rows.ts'

export const STOCK = shapeOf<StockRecord>(
  ['id', 'tenant', 'sku', 'version', 'counts', 'reservations', 'offers', 'nextAt', 'updatedAt'],
  { counts: 'json', reservations: 'json', offers: 'json' },
)
const TERMS: Terms<StockFilter> = { tenant: 'tenant = ?', sku: 'sku = ?' }

export function createStock({ prepare, write }: Parts): Stock {
  const byId = prepare(`SELECT seq, ${STOCK.columns} FROM stock WHERE id = ?`)
  const insert = prepare(`INSERT INTO stock (${STOCK.columns}) VALUES (${STOCK.places})`)
  const update = prepare(`UPDATE stock SET ${STOCK.assignments} WHERE seq = ?`)
  const due = prepare('SELECT id FROM stock WHERE nextAt <= ? ORDER BY nextAt, id LIMIT ?')

  return {
    change: (id, reduce) =>
      write(() => {
        const row = byId.get(id)
        const stored = row ? STOCK.record(row) : null
        const changed = reduceStock(stored, id, reduce)
        if (!changed) return { changed: false, item: stored && visibleStock(stored) }
        if (row) update.run(...STOCK.values(changed), row.seq!)
        else insert.run(...STOCK.values(changed))
        return { changed: true, item: visibleStock(changed) }
      }),
    async get(id) {
      const row = byId.get(id)
      return row ? itemOf(row) : null
    },
    list: async (filter, page) => inOrder(prepare, filter, page),
    due: async (now, limit) => due.all(now, limit).map(({ id }) => String(id)),
  }
}

const itemOf = (row: Row): StockItem => visibleStock(STOCK.record(row))

function inOrder(prepare: Prepare, filter: StockFilter, request: PageRequest = {}): Page<StockItem> {
  const limit = limitOf(request)
  const open = openMembers(filter)
  const { sql, values } = conjunction(conditionsOf(TERMS, filter))
  const after = decodeCursor(request, open.length)
  const beyond = after ? `(${open.join(', ')}) > (${open.map(() => '?').join(', ')})` : 'TRUE'
  const rows = prepare(
    `SELECT ${STOCK.columns} FROM stock WHERE ${sql} AND ${beyond} ORDER BY ${open.join(', ')} LIMIT ?`,
  ).all(...values, ...(after ?? []), limit + 1)
  const items = rows.slice(0, limit).map(itemOf)
  const last = items.at(-1)
  return {
    items,
    next: last && rows.length > limit ? encodeCursor(open.map(member => last[member])) : null,
    total: Number(prepare(`SELECT count(*) AS total FROM stock WHERE ${sql}`).get(...values)!.total),
  }
}
