import type { OdooServer } from './odoo.ts'
import type { OdooClient } from './odoo-client.ts'

export interface OdooUser {
  login: string
  password: string
  /** External ids without their module. */
  groups: readonly string[]
}

interface At {
  server: OdooServer
  /** Of an administrator. */
  odoo: OdooClient
}

/** A new user of Odoo, and the key that he makes himself. */
export async function userWithKey({ server, odoo }: At, user: OdooUser): Promise<string> {
  const { login, password } = user
  const groups = await odoo.read<{ res_id: number }>(
    'ir.model.data',
    [
      ['name', 'in', user.groups],
      ['model', '=', 'res.groups'],
    ],
    ['res_id'],
  )
  const group_ids = [[6, 0, groups.map(({ res_id }) => res_id)]]
  await odoo.call('res.users', 'create', { vals_list: [{ name: 'Hub', login, password, group_ids }] })
  return firstKey(server, user)
}

/** As a person makes it in the preferences, in a session of the browser. */
async function firstKey({ url, db }: OdooServer, { login, password }: OdooUser): Promise<string> {
  let cookie = ''
  const ask = async <T>(path: string, params: unknown): Promise<T> => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ jsonrpc: '2.0', method: 'call', params }),
    })
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    const answer = (await response.json()) as { result: T; error?: unknown }
    if (answer.error) throw new Error(JSON.stringify(answer.error))
    return answer.result
  }
  const call = <T>(model: string, method: string, args: unknown[], kwargs = {}): Promise<T> =>
    ask(`/web/dataset/call_kw/${model}/${method}`, { model, method, args, kwargs })
  await ask('/web/session/authenticate', { db, login, password })
  const id = await call<number[]>('res.users.apikeys.description', 'create', [
    [{ name: 'By hand', duration: '30' }],
  ])
  const asked = await call<{ res_id: number }>('res.users.apikeys.description', 'make_key', [id])
  const shown = await call<{ context: { default_key: string } }>(
    'res.users.identitycheck',
    'run_check',
    [[asked.res_id]],
    { context: { password } },
  )
  return shown.context.default_key
}
