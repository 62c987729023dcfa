import { pageOf, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'
import { mappingView } from '../views/mapping-view.ts'

export const listMappings: Handler = (call, { catalogue }) => {
  const connector = call.query['connector'] as string | undefined
  return pageOf(
    catalogue.plans(connector).map(plan => mappingView(plan, catalogue)),
    pageRequest(call),
  )
}
