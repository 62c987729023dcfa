import { fits } from './domain.ts'

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
    return [...this.table(model).values()].filter(row => fits(row, domain))
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
