import { pageOf, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'
import { withInstants } from '../times.ts'

export const listKeys: Handler = async (call, { keys }) => {
  const { tenant } = call.principal
  const own = (await keys.list()).filter(key => tenant === undefined || key.tenant === tenant)
  return pageOf(
    own.map(key => withInstants(key, 'createdAt', 'expiresAt', 'revokedAt')),
    pageRequest(call),
  )
}
