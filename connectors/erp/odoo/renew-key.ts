import { asHubError, type ConnectorContext, HubError } from '../../sdk/index.ts'
import type { Odoo } from './api.ts'

const DAYS = 90
export const LIFE_MS = DAYS * 86_400_000

interface At {
  odoo: Odoo
  context: ConnectorContext
}

/**
 * A new key of the same user, or null where Odoo lets us make none. Builds of Odoo 19 that have it: `generate`, which an
 * administrator switches on (`base.enable_programmatic_api_keys`). Else the wizard of the preferences, which asks for the
 * user's password.
 */
export async function makeKey(name: string, at: At): Promise<string | null> {
  return (await generated(name, at)) ?? (await byWizard(name, at))
}

async function generated(name: string, { odoo, context }: At): Promise<string | null> {
  const [key] = context.connection.secrets['apiKey'] ?? []
  const end = new Date(context.now() + LIFE_MS - 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  try {
    return await odoo.call<string>('res.users.apikeys', 'generate', {
      ...{ key, scope: 'rpc', name, expiration_date: end },
    })
  } catch (thrown) {
    // 404: this build has no such method; 422: nobody switched it on, or there are ten keys already.
    if ([404, 422].includes(asHubError(thrown).status ?? 0)) return null
    throw thrown
  }
}

async function byWizard(name: string, { odoo, context }: At): Promise<string | null> {
  const [password] = context.connection.secrets['password'] ?? []
  if (!password) return null
  const [id] = await odoo.call<number[]>('res.users.apikeys.description', 'create', {
    vals_list: [{ name, duration: String(DAYS) }],
  })
  const asked = await odoo.call<Wizard>('res.users.apikeys.description', 'make_key', { ids: [id!] })
  const shown = await identified(asked, { odoo, password })
  const key = shown.context?.['default_key']
  if (typeof key === 'string') return key
  throw new HubError('PARTNER_ANSWER_INVALID', {
    detail: 'Odoo shows no new API key.',
    fingerprint: 'odoo key',
  })
}

/** The window that a method opens next. */
interface Wizard {
  res_model?: string
  res_id?: number
  context?: Record<string, unknown>
}

/** What Odoo guards by the password goes on once that was given; the password is in the context, nowhere else. */
const identified = (asked: Wizard, { odoo, password }: { odoo: Odoo; password: string }): Promise<Wizard> =>
  asked.res_model === 'res.users.identitycheck'
    ? odoo.call<Wizard>('res.users.identitycheck', 'run_check', {
        ids: [asked.res_id!],
        context: { password },
      })
    : Promise.resolve(asked)

/** Where nobody gave the password they end by themselves, with their three months. */
export async function removeKeys(keys: readonly { id: number }[], { odoo, context }: At): Promise<void> {
  const [password] = context.connection.secrets['password'] ?? []
  if (!password || keys.length === 0) return
  const asked = await odoo.call<Wizard>('res.users.apikeys', 'remove', { ids: keys.map(({ id }) => id) })
  await identified(asked, { odoo, password })
}
