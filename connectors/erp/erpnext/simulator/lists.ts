import type { Asked, Reply } from '../../../sdk/testkit/serve-partner.ts'
import type { Site, StoredDoc } from './site.ts'

type Row = Record<string, unknown>
type Condition = readonly unknown[]

/** `/api/resource/{doctype}`: filters, fields, order and a window, as the connector asks for them. */
export function listed(site: Site, doctype: string, { query }: Asked): Reply {
  const filters = JSON.parse(query.get('filters') ?? '[]') as Condition[]
  const fields = JSON.parse(query.get('fields') ?? '["name"]') as string[]
  const start = Number(query.get('limit_start') ?? 0)
  const size = Number(query.get('limit_page_length') ?? 20)
  const rows = rowsOf(site, doctype, query.get('parent'))
    .filter(row => filters.every(filter => holds(row, filter)))
    .toSorted(byFields(query.get('order_by') ?? 'modified desc'))
    .slice(start, start + size)
  return { status: 200, body: { data: rows.map(row => picked(row, fields)) } }
}

/** Rows of a child table belong to their parents' type. */
const rowsOf = (site: Site, doctype: string, parent: string | null): Row[] =>
  parent === null
    ? site.of(doctype)
    : site.of(parent).flatMap(({ items }: StoredDoc) => (items ?? []) as Row[])

const picked = (row: Row, fields: readonly string[]): Row =>
  Object.fromEntries(fields.map(field => [field, row[field] ?? null]))

/** `[field, operator, value]`, or with the type of a child table before it. */
function holds(row: Row, filter: Condition): boolean {
  if (filter.length === 4) {
    const children = (row['items'] ?? []) as Row[]
    return children.some(child => holds(child, filter.slice(1)))
  }
  const [field, operator, value] = filter as [string, string, unknown]
  const own = row[field]
  if (operator === 'in') return (value as unknown[]).includes(own)
  if (operator === '>=') return String(own) >= String(value)
  if (operator === '>') return String(own) > String(value)
  return (own ?? 0) === value || String(own ?? '') === String(value)
}

/** `modified asc, name asc` */
function byFields(order: string): (a: Row, b: Row) => number {
  const fields = order.split(',').map(part => part.trim().split(' ') as [string, string?])
  return (a, b) => {
    for (const [field, direction] of fields) {
      const [left, right] = [String(a[field] ?? ''), String(b[field] ?? '')]
      if (left !== right) return (left < right ? -1 : 1) * (direction === 'desc' ? -1 : 1)
    }
    return 0
  }
}
