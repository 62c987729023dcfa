import type { Problems } from './problems.ts'
import { type HubConfig, PROCESS_ROLES } from './schema.ts'

/**
 * Roles that are not played here are played by another process. It must be able to reach the store, and be woken by a
 * queue that both see: else what this process takes in would silently lie there.
 */
export function checkRoles(
  { roles, storeUrl, queueUrl }: Pick<HubConfig, 'roles' | 'storeUrl' | 'queueUrl'>,
  problems: Problems,
): void {
  if (PROCESS_ROLES.every(role => roles.includes(role))) return
  if (storeUrl.startsWith('sqlite:'))
    problems.invalid(
      ['roles'],
      'leaves roles to other processes, but the store `sqlite:` serves one',
      'play all roles (`all`), or set HUB_STORE_URL to a MongoDB and HUB_QUEUE_URL to a Redis',
    )
  else if (queueUrl.startsWith('embedded:'))
    problems.invalid(
      ['roles'],
      'leaves roles to other processes, but the queue `embedded:` wakes none of them',
      'play all roles (`all`), or set HUB_QUEUE_URL to a Redis that all of them reach',
    )
}
