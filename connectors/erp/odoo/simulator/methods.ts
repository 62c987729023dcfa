import { type Database, OdooRefusal, type Row } from './database.ts'
import { LINES_OF, RELATIONS } from './fields.ts'
import type { Goods } from './goods.ts'
import { load } from './load.ts'
import { readGroup } from './read-group.ts'
import type { Sales } from './sales.ts'

export interface CallBody {
  ids?: number[]
  domain?: unknown[]
  fields?: string[]
  data?: string[][]
  vals?: Record<string, unknown>
  vals_list?: Record<string, unknown>[]
  limit?: number
  offset?: number
  load?: string | null
  groupby?: string[]
  aggregates?: string[]
  specification?: Specification
}

interface Specification {
  [field: string]: { fields?: Specification }
}

type Method = (model: string, body: CallBody) => unknown

/** Methods by name, over any model. */
export function methods(
  database: Database,
  { sales, goods }: { sales: Sales; goods: Goods },
): Readonly<Record<string, Method>> {
  const shown = (model: string, rows: readonly Row[], { fields, load: classic }: CallBody): unknown[] =>
    rows.map(row => ({
      id: row.id,
      ...Object.fromEntries((fields ?? Object.keys(row)).map(field => [field, fieldIn(model, row, field)])),
      ...(classic === null ? {} : namedRelations(database, { model, row, fields: fields ?? [] })),
    }))
  return {
    search_read: (model, body) => {
      const rows = database.search(model, body.domain ?? [])
      const from = body.offset ?? 0
      return shown(model, rows.slice(from, body.limit ? from + body.limit : undefined), body)
    },
    search_count: (model, body) => database.search(model, body.domain ?? []).length,
    read: (model, body) =>
      shown(
        model,
        (body.ids ?? []).flatMap(id => database.table(model).get(id) ?? []),
        body,
      ),
    web_read: (model, { ids = [], specification = {} }) =>
      ids.flatMap(id => {
        const row = database.table(model).get(id)
        return row ? [specified(model, row, specification)] : []
      }),
    has_access: () => true,
    context_get: () => ({ uid: 2 }),
    create: (model, body) => (body.vals_list ?? []).map(values => create(model, values)),
    write(model, body) {
      for (const id of body.ids ?? []) {
        database.get(model, id)
        goods.write(model, { id }, body.vals ?? {})
      }
      return true
    },
    load: (model, { fields = [], data = [] }) => load(database, { model, fields, data }, goods),
    action_confirm: (_model, body) => sales.confirm(body.ids ?? []),
    action_cancel: (_model, body) => sales.cancel(body.ids ?? []),
    button_validate: (_model, body) => goods.validate(body.ids ?? []),
    action_post: (_model, body) => goods.post(body.ids ?? []),
    unlink(model, body) {
      for (const id of body.ids ?? []) database.remove(model, id)
      return true
    },
    formatted_read_group: (model, { domain = [], groupby = [], aggregates = [] }) =>
      readGroup(database.search(model, domain), groupby[0] ?? '', aggregates[0] ?? ''),
  }

  /** Lines with fields of their own come as records instead of ids. */
  function specified(model: string, row: Row, specification: Specification): Record<string, unknown> {
    const fields = Object.entries(specification).map(([field, { fields: inner }]) => {
      const value = fieldIn(model, row, field)
      const [column, of] = LINES_OF[model] ?? []
      if (!inner || !of || field !== column || !Array.isArray(value)) return [field, value]
      return [field, value.map((id: number) => specified(of, database.get(of, id), inner))]
    })
    return { id: row.id, ...Object.fromEntries(fields) }
  }

  function create(model: string, values: Record<string, unknown>): number {
    if (model !== 'ir.model.data') return goods.write(model, { id: null }, values)
    return database.bind(values as unknown as Parameters<Database['bind']>[0]).id
  }
}

function fieldIn(model: string, row: Row, field: string): unknown {
  if (field in row) return row[field]
  if (RELATIONS[model]?.[field] !== undefined || KNOWN.test(field)) return false
  throw new OdooRefusal(500, 'builtins.ValueError', `Invalid field '${field}' on model '${model}'`)
}

/** Fields that a record may have without anybody having written them. */
const KNOWN =
  /^(x_\w+|note|origin|\w+_date|date_\w+|client_order_ref|street2?|city|zip|phone|email\w*|vat|company_name|name)$/

function namedRelations(
  database: Database,
  { model, row, fields }: { model: string; row: Row; fields: readonly string[] },
): Record<string, unknown> {
  const named = fields.flatMap(field => {
    const of = RELATIONS[model]?.[field]
    const id = row[field]
    if (!of || typeof id !== 'number') return []
    return [[field, [id, String(database.table(of).get(id)?.['name'] ?? id)]]]
  })
  return Object.fromEntries(named)
}
