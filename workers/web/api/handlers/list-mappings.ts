import { pageOf, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'
import { mappingView } from '../views/mapping-view.ts'

export const listMappings: Handler = (call, { catalogue }) => {
  const { connector } = call.query
  const wanted = catalogue.plans().filter(plan => connector === undefined || plan.connector === connector)
  return pageOf(
    wanted.map(plan => mappingView(plan, catalogue)),
    pageRequest(call),
  )
}
