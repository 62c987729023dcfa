import type { Role, StoredKey } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { readInstant, withInstants } from '../../web/api/times.ts'
import type { Run } from '../command.ts'
import { type Accounts, CLI } from '../hub-access.ts'
import { ago } from '../text/ago.ts'
import { table } from '../text/table.ts'

interface Holder {
  role: Role
  label?: string
  tenant?: string
  expires?: string
}

export const create: Run = async ({ options, hub }) => {
  const accounts = await hub.accounts()
  const { role, label, tenant, expires } = options as unknown as Holder
  checkTenant(accounts, tenant)
  const expiresAt = expires === undefined ? undefined : readInstant(expires, '--expires')
  const { id, key } = await accounts.keys.create({ role, label, tenant, expiresAt })
  await accounts.record(CLI, { action: 'key.create', subject: id, detail: { role, label, tenant } })
  return {
    json: { id, key, role, label, tenant },
    text: `${key}\n\nKey ${id} of role ${role}. It is shown here and never again.`,
  }
}

export const list: Run = async ({ hub, world }) => {
  const { keys } = await hub.accounts()
  const all = await keys.list()
  const now = world.now()
  const stateOf = ({ revokedAt, expiresAt }: Omit<StoredKey, 'digest'>): string =>
    revokedAt !== undefined ? 'revoked' : expiresAt !== undefined && expiresAt <= now ? 'expired' : 'valid'
  return {
    json: {
      items: all.map(key => withInstants(key, 'createdAt', 'expiresAt', 'revokedAt')),
      next: null,
      total: all.length,
    },
    text:
      all.length === 0
        ? 'No key yet. Make one: hub keys create --role admin'
        : table(
            all,
            [
              { title: 'KEY', of: key => key.id },
              { title: 'ROLE', of: key => key.role },
              { title: 'TENANT', of: key => key.tenant },
              { title: 'LABEL', of: key => key.label },
              { title: 'STATE', of: stateOf },
              { title: 'CREATED', of: key => ago(key.createdAt, now) },
              { title: 'EXPIRES', of: key => ago(key.expiresAt, now) },
            ],
            world.width,
          ),
  }
}

export const revoke: Run = async ({ args: [id = ''], hub }) => {
  const { keys, record } = await hub.accounts()
  if (!(await keys.list()).some(key => key.id === id))
    throw new HubError('NOT_FOUND', { detail: `Key “${id}”.` })
  // Revoked twice is revoked; only the first time is an act.
  const revoked = await keys.revoke(id)
  if (revoked) await record(CLI, { action: 'key.revoke', subject: id })
  return {
    json: { id, revoked },
    text: revoked
      ? `Key ${id} is revoked; a running hub refuses it within seconds.`
      : `Key ${id} was revoked before.`,
  }
}

export const signIn: Run = async ({ options, hub, world }) => {
  const accounts = await hub.accounts()
  const { role, label, tenant } = options as unknown as Holder
  checkTenant(accounts, tenant)
  const link = await accounts.signIn.createLink({ role, label, tenant })
  await accounts.record(CLI, {
    action: 'sign-in-link.create',
    subject: link.id,
    detail: { role, label, tenant },
  })
  return {
    json: withInstants(link, 'expiresAt'),
    text: `${link.url}\n\nOpens one session of role ${role}, once; expires ${ago(link.expiresAt, world.now())}.`,
  }
}

function checkTenant({ config }: Accounts, tenant: string | undefined): void {
  if (tenant !== undefined && !config.tenants.some(({ id }) => id === tenant))
    throw new HubError('INPUT_INVALID', { detail: `There is no tenant “${tenant}”.` })
}
