import { sees } from '#core/accounts/roles.ts'
import { pageOf, pageRequest, tenantOf } from '../paging.ts'
import type { Handler } from '../route.ts'
import { connectionView } from '../views/connection-view.ts'

export const listConnections: Handler = async (call, { directory, connectors }) => {
  const { connector, kind, state } = call.query
  const { tenant } = tenantOf(call.principal, call.query)
  const all = (await directory.list()).filter(connection => sees({ ...call.principal, tenant }, connection))
  const views = all.map(connection => connectionView(connection, connectors))
  const wanted = views.filter(
    view =>
      (connector === undefined || view.connector === connector) &&
      (kind === undefined || view.kind === kind) &&
      (state === undefined || view.state === state),
  )
  return pageOf(
    wanted.sort((a, b) => a.id.localeCompare(b.id)),
    pageRequest(call),
  )
}
