import type { LiveConnection } from '#core/accounts/directory.ts'
import { sees } from '#core/accounts/roles.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { ApiDeps } from './deps.ts'
import type { Call } from './route.ts'

type Asking = Pick<Call, 'principal' | 'params'>

/** The record, unless it belongs to another tenant: that is answered like one that is not there. */
export function visible<T extends { tenant: string }>({ principal, params }: Asking, record: T | null): T {
  if (!record || !sees(principal, record))
    throw new HubError('NOT_FOUND', { detail: `“${params['id'] ?? ''}”.` })
  return record
}

export const connectionFor = async (call: Asking, { directory }: ApiDeps): Promise<LiveConnection> =>
  visible(call, await directory.get(call.params['id'] ?? ''))
