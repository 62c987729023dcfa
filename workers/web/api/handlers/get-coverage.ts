import { readCoverage } from '#core/sync/read-coverage.ts'
import { tenantOf } from '../paging.ts'
import { planFor } from '../plan-for.ts'
import type { Handler } from '../route.ts'
import { connectionFor } from '../scope.ts'
import { whileHeard } from '../while-heard.ts'

export const getCoverage: Handler = async (call, deps) => {
  const { last, connection } = call.query as { last: number; connection?: string }
  const plan = planFor(call.params['id']!, deps)
  if (connection !== undefined) await connectionFor({ ...call, params: { id: connection } }, deps)
  const { tenant } = tenantOf(call.principal, call.query)
  return whileHeard(call, signal => readCoverage(deps, { plan, last, connection, tenant, signal }))
}
