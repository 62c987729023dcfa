import { HubError } from '#core/errors/hub-error.ts'
import { planFor } from '../plan-for.ts'
import type { Handler } from '../route.ts'
import { connectionFor } from '../scope.ts'

interface Body {
  connection: string
  table: string
  entry: string
  value: unknown
}

export const patchTable: Handler = async (call, deps) => {
  const edit = call.body as Body
  const shared = planFor(call.params['id']!, deps)
  const connection = await connectionFor({ ...call, params: { id: edit.connection } }, deps)
  // An overlay may have brought the table.
  const plan = deps.catalogue.compiled(shared.id, connection)?.plan ?? shared
  if (!plan.tables.includes(edit.table))
    throw new HubError('NOT_FOUND', { detail: `“${plan.id}” has no table “${edit.table}”.` })
  await deps.operations.editTable({ ...edit, mapping: plan.id }, call.principal)
  const changed = await deps.directory.get(connection.id)
  return {
    mapping: plan.id,
    connection: connection.id,
    table: edit.table,
    entries: changed?.tables[plan.id]?.[edit.table] ?? {},
  }
}
