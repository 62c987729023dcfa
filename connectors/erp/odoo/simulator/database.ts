import { fits } from './domain.ts'
import { INVERSE, RELATIONS } from './fields.ts'

export type Row = Record<string, unknown> & { id: number }
export type Values = Record<string, unknown>

/** What Odoo answers to a call that it refuses: the Python class decides, the status is that of the JSON-2 controller. */
export class OdooRefusal extends Error {
  readonly status: number
  readonly odooName: string

  constructor(status: number, odooName: string, message: string) {
    super(message)
    this.status = status
    this.odooName = odooName
  }
}

export const userError = (message: string): OdooRefusal =>
  new OdooRefusal(422, 'odoo.exceptions.UserError', message)

export const missingRecord = (model: string, id: unknown): OdooRefusal =>
  new OdooRefusal(
    404,
    'odoo.exceptions.MissingError',
    `Record does not exist or has been deleted. (Record: ${model}(${String(id)},))`,
  )

/** Tables of records by id; what a field does not say is `false`, as Odoo has it. */
export class Database {
  readonly #tables = new Map<string, Map<number, Row>>()
  readonly #next = new Map<string, number>()

  table(model: string): Map<number, Row> {
    const known = this.#tables.get(model) ?? new Map<number, Row>()
    this.#tables.set(model, known)
    return known
  }

  create(model: string, values: Values): Row {
    const id = (this.#next.get(model) ?? 0) + 1
    this.#next.set(model, id)
    const row = { ...values, id }
    this.table(model).set(id, row)
    return row
  }

  get(model: string, id: unknown): Row {
    const row = this.table(model).get(Number(id))
    if (!row) throw missingRecord(model, id)
    return row
  }

  search(model: string, domain: readonly unknown[]): Row[] {
    const valueAt = (row: Row, field: string): unknown => this.#valueAt(model, row, field)
    return [...this.table(model).values()].filter(row => fits(row, domain, valueAt))
  }

  /** Behind a relation; a list where it leads to many. */
  #valueAt(model: string, row: Row, path: string): unknown {
    const dot = path.indexOf('.')
    if (dot < 0) return row[path]
    const [field, rest] = [path.slice(0, dot), path.slice(dot + 1)]
    const [of = RELATIONS[model]?.[field] ?? '', back] = INVERSE[model]?.[field] ?? []
    const ids = [row[field] ?? []].flat()
    const rows = [...this.table(of).values()].filter(one =>
      back ? one[back] === row.id : ids.includes(one.id),
    )
    return rows.flatMap(one => this.#valueAt(of, one, rest) as never)
  }

  /** With the external ids that lead to it. */
  remove(model: string, id: number): void {
    const row = this.get(model, id)
    this.table(model).delete(id)
    if (model === 'ir.model.data') this.#externalIds.delete(`${String(row['module'])}.${String(row['name'])}`)
    else
      for (const bound of this.search('ir.model.data', [
        ['model', '=', model],
        ['res_id', '=', id],
      ]))
        this.remove('ir.model.data', bound.id)
  }

  /** Id of the record with this external id, `module.name`. */
  byExternalId(text: string): Row | undefined {
    const held = this.#externalIds.get(text)
    return held === undefined ? undefined : this.table('ir.model.data').get(held)
  }

  /** Refused where it is taken: module and name are unique. */
  bind(values: { module: string; name: string; model: string; res_id: number }): Row {
    const text = `${values.module}.${values.name}`
    if (this.#externalIds.has(text))
      throw new OdooRefusal(
        422,
        'odoo.exceptions.ValidationError',
        'The operation cannot be completed: name is taken',
      )
    const row = this.create('ir.model.data', values)
    this.#externalIds.set(text, row.id)
    return row
  }

  readonly #externalIds = new Map<string, number>()
}
