import { HubError } from '#core/errors/hub-error.ts'
import type { Handler } from '../route.ts'

export const revokeKey: Handler = async ({ principal, params }, { keys, record }) => {
  const id = params['id']!
  const key = (await keys.list()).find(candidate => candidate.id === id)
  if (!key || (principal.tenant && key.tenant !== principal.tenant))
    throw new HubError('NOT_FOUND', { detail: `Key “${id}”.` })
  // Revoked twice is revoked; only the first time is an act.
  if (await keys.revoke(id)) await record(principal, { action: 'key.revoke', subject: id })
}
