import { HubError } from '#core/errors/hub-error.ts'
import { mapPage, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'
import { withInstants } from '../times.ts'

export const listAudit: Handler = async (call, { store }) => {
  // The chain is one for all tenants.
  if (call.principal.tenant)
    throw new HubError('NOT_ALLOWED', { detail: 'The audit is not divided by tenant.' })
  return mapPage(await store.audit.list(pageRequest(call)), entry => withInstants(entry, 'at'))
}
