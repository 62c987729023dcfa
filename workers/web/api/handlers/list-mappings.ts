import { pageOf, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'
import { mappingView } from '../views/mapping-view.ts'

export const listMappings: Handler = (call, { plans }) => {
  const { connector } = call.query
  const wanted = plans.filter(plan => connector === undefined || plan.connector === connector)
  return pageOf(wanted.map(mappingView), pageRequest(call))
}
