import type { Odoo } from './api.ts'
import { MODULE } from './external-ids.ts'

interface DataRow {
  name: string
  res_id: number
}

/** Ids of the records that have these external names; names that nobody has are absent. */
export async function findRecords(
  odoo: Odoo,
  model: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (names.length === 0) return new Map()
  const rows = await odoo.searchRead<DataRow>('ir.model.data', {
    domain: [
      ['module', '=', MODULE],
      ['model', '=', model],
      ['name', 'in', [...new Set(names)]],
    ],
    fields: ['name', 'res_id'],
  })
  return new Map(rows.map(({ name, res_id }) => [name, res_id]))
}

/** External names that the hub gave to these records: id → name. */
export async function namesOf(
  odoo: Odoo,
  model: string,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await odoo.searchRead<DataRow>('ir.model.data', {
    domain: [
      ['module', '=', MODULE],
      ['model', '=', model],
      ['res_id', 'in', ids],
    ],
    fields: ['name', 'res_id'],
  })
  return new Map(rows.map(({ name, res_id }) => [res_id, name]))
}
