import { type Database, missingRecord, OdooRefusal, type Values } from './database.ts'
import { isMany, LINES_OF, NUMBERS, RELATIONS, TIMES } from './fields.ts'

export interface LoadAnswer {
  ids: number[] | false
  messages: { type: 'error'; message: string; field?: string; record: number }[]
  nextrow: number
}

interface Loaded {
  xid: string
  values: Values
  lines: { xid: string; values: Values }[]
}

interface Writer {
  /** Creates or updates one record; throws what Odoo would refuse. `lines` are those of `order_line`. */
  write(model: string, at: { xid: string; id: number | null }, values: Values): number
}

/** Creates or updates by external id: all rows, or none and the reasons, with 200 either way. */
export function load(
  database: Database,
  { model, fields, data }: { model: string; fields: string[]; data: string[][] },
  writer: Writer,
): LoadAnswer {
  const records = recordsOf(model, fields, data)
  const messages: LoadAnswer['messages'] = []
  const ready: Loaded[] = []
  for (const [record, given] of records.entries())
    try {
      ready.push(converted(database, model, given))
    } catch (thrown) {
      if (!(thrown instanceof OdooRefusal)) throw thrown
      messages.push({ type: 'error', message: thrown.message, field: thrown.odooName, record })
    }
  if (messages.length > 0) return { ids: false, messages, nextrow: 0 }
  return { ids: ready.map(one => apply(database, { model, one }, writer)), messages: [], nextrow: 0 }
}

interface Given {
  cells: Record<string, string>
  lines: Record<string, string>[]
}

function recordsOf(model: string, fields: string[], data: string[][]): Given[] {
  const records: Given[] = []
  const prefix = `${LINES_OF[model]?.[0] ?? ''}/`
  for (const row of data) {
    const cells = Object.fromEntries(fields.map((field, index) => [field, row[index] ?? '']))
    const own = Object.entries(cells).filter(([field]) => !field.startsWith(prefix))
    const line = Object.entries(cells)
      .filter(([field]) => field.startsWith(prefix))
      .map(([field, cell]) => [field.slice(prefix.length), cell])
    if (own.some(([, cell]) => cell !== '')) records.push({ cells: Object.fromEntries(own), lines: [] })
    if (line.some(([, cell]) => cell !== '')) records.at(-1)?.lines.push(Object.fromEntries(line))
  }
  return records
}

const converted = (database: Database, model: string, { cells, lines }: Given): Loaded => ({
  xid: cells['id'] ?? '',
  values: valuesOf(database, model, cells),
  lines: lines.map(line => ({
    xid: line['id'] ?? '',
    values: valuesOf(database, LINES_OF[model]![1], line),
  })),
})

const invalid = (field: string, message: string): OdooRefusal => new OdooRefusal(200, field, message)

function valuesOf(database: Database, model: string, cells: Record<string, string>): Values {
  const values: Values = {}
  for (const [column, cell] of Object.entries(cells)) {
    if (column === 'id') continue
    const [field = ''] = column.split('/')
    values[field] = column.includes('/') ? relation(database, { model, field }, cell) : plain(field, cell)
  }
  return values
}

function relation(
  database: Database,
  { model, field }: { model: string; field: string },
  cell: string,
): unknown {
  const of = RELATIONS[model]?.[field]
  if (!of) throw new OdooRefusal(500, 'builtins.ValueError', `Invalid field '${field}' in '${model}'`)
  const ids = cell.split(',').filter(Boolean).map(Number)
  for (const id of ids) if (!database.table(of).has(id)) throw invalid(field, missingRecord(of, id).message)
  return isMany(field) ? ids : (ids[0] ?? false)
}

function plain(field: string, cell: string): unknown {
  if (cell === '') return false
  if (cell === 'True' || cell === 'False') return cell === 'True'
  if (NUMBERS.has(field)) {
    if (Number.isNaN(Number(cell)))
      throw invalid(field, `'${cell}' does not seem to be a number for field '${field}'`)
    return Number(cell)
  }
  if (TIMES.has(field) && !/^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/.test(cell))
    throw invalid(field, `'${cell}' does not seem to be a valid datetime for field '${field}'`)
  return cell
}

function apply(database: Database, { model, one }: { model: string; one: Loaded }, writer: Writer): number {
  const id = put(database, { model, xid: one.xid, values: one.values }, writer)
  for (const { xid, values } of one.lines) {
    const [, of, back] = LINES_OF[model]!
    put(database, { model: of, xid, values: { ...values, [back]: id } }, writer)
  }
  return id
}

function put(
  database: Database,
  { model, xid, values }: { model: string; xid: string; values: Values },
  writer: Writer,
): number {
  const known = database.byExternalId(xid)
  const id = writer.write(model, { xid, id: known ? Number(known['res_id']) : null }, values)
  const [module = '', name = ''] = [xid.slice(0, xid.indexOf('.')), xid.slice(xid.indexOf('.') + 1)]
  if (!known) database.bind({ module, name, model, res_id: id })
  return id
}
