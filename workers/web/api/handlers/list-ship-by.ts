import { pageOf, pageRequest, tenantOf } from '../paging.ts'
import type { Handler } from '../route.ts'
import { withInstants } from '../times.ts'

export const listShipBy: Handler = async (call, { shipBy }) => {
  const { tenant } = tenantOf(call.principal, call.query)
  const rows = (await shipBy()).filter(row => tenant === undefined || row.tenant === tenant)
  return pageOf(
    rows.map(row => withInstants(row, 'shipBy')),
    pageRequest(call),
  )
}
