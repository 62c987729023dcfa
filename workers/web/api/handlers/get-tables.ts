import { sees } from '#core/accounts/roles.ts'
import { planFor } from '../plan-for.ts'
import type { Handler } from '../route.ts'

/** The tables that an operator may extend, those of the connections' overlays with them, and what was added per connection. */
export const getTables: Handler = async ({ params, principal }, deps) => {
  const plan = planFor(params['id']!, deps)
  const own = (await deps.directory.list()).filter(
    connection => connection.connector === plan.connector && sees(principal, connection),
  )
  const laidOver = own.flatMap(connection => deps.catalogue.compiled(plan.id, connection)?.plan?.tables ?? [])
  return {
    mapping: plan.id,
    tables: [...new Set([...plan.tables, ...laidOver])],
    added: Object.fromEntries(own.map(({ id, tables }) => [id, tables[plan.id] ?? {}])),
  }
}
