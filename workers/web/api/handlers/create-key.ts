import type { Role } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { Handler } from '../route.ts'
import { readInstant } from '../times.ts'

interface Body {
  role: Role
  label?: string
  tenant?: string
  expiresAt?: string
}

/** The one answer that holds the key. */
export const createKey: Handler = async ({ principal, body }, { keys, config, record }) => {
  const { role, label, expiresAt, tenant = principal.tenant } = body as Body
  const known = tenant === undefined || config.tenants.some(({ id }) => id === tenant)
  if (!known || (principal.tenant && tenant !== principal.tenant))
    throw new HubError('INPUT_INVALID', { detail: `There is no tenant “${tenant}”.` })
  const until = expiresAt === undefined ? undefined : readInstant(expiresAt, 'expiresAt')
  const created = await keys.create({ role, label, tenant, expiresAt: until })
  await record(principal, { action: 'key.create', subject: created.id, detail: { role, label, tenant } })
  return { ...created, role, label, tenant }
}
