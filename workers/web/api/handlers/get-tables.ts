import { sees } from '#core/accounts/roles.ts'
import { planFor } from '../plan-for.ts'
import type { Handler } from '../route.ts'

/** The tables that an operator may extend, with what was added per connection. */
export const getTables: Handler = async ({ params, principal }, deps) => {
  const plan = planFor(params['id']!, deps)
  const own = (await deps.directory.list()).filter(({ connector }) => connector === plan.connector)
  const added = own
    .filter(connection => sees(principal, connection))
    .map(({ id, tables }) => [id, tables[plan.id] ?? {}])
  return { mapping: plan.id, tables: plan.tables, added: Object.fromEntries(added) }
}
