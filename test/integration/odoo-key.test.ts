import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { odoo } from '#connectors/erp/odoo/connector.ts'
import { odooServer } from '#test/support/odoo.ts'
import { OdooDesk } from '#test/support/odoo-desk.ts'

const server = odooServer()
const suite = server ? describe : describe.skip
const DAY_MS = 86_400_000

suite('the API key at a real Odoo', () => {
  const login = `hub-${randomUUID()}`
  const password = randomUUID()
  let admin: OdooDesk
  let first: string

  beforeAll(async () => {
    admin = new OdooDesk(server!)
    const groups = await admin.api.searchRead<{ res_id: number }>('ir.model.data', {
      domain: [
        ['name', 'in', ['group_user', 'group_sale_manager']],
        ['model', '=', 'res.groups'],
      ],
      fields: ['res_id'],
    })
    await admin.api.call('res.users', 'create', {
      vals_list: [{ name: 'Hub', login, password, group_ids: [[6, 0, groups.map(({ res_id }) => res_id)]] }],
    })
    first = await firstKey()
  }, 60_000)
  afterAll(() => admin.close())

  /** As a person makes it in the preferences, in a session of the browser. */
  async function firstKey(): Promise<string> {
    let cookie = ''
    const ask = async <T>(path: string, params: unknown): Promise<T> => {
      const response = await fetch(`${server!.url}${path}`, {
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
    await ask('/web/session/authenticate', { db: server!.db, login, password })
    const id = await call<number[]>('res.users.apikeys.description', 'create', [
      [{ name: 'By hand', duration: '30' }],
    ])
    const asked = await call<{ res_id: number }>('res.users.apikeys.description', 'make_key', [id])
    const shown = await call<{ context: { default_key: string } }>(
      'res.users.identitycheck',
      'run_check',
      [[asked.res_id]],
      {
        context: { password },
      },
    )
    return shown.context.default_key
  }

  /** A look at the key, so many days from now. */
  async function look(
    keys: readonly string[],
    days = 0,
    secrets: Record<string, string[]> = { password: [password] },
  ) {
    const desk = new OdooDesk({ ...server!, apiKey: keys[0]! })
    const { connection } = desk.context
    const context = {
      ...desk.context,
      connection: { ...connection, secrets: { apiKey: [...keys], ...secrets } },
      now: () => Date.now() + days * DAY_MS,
    }
    return odoo.subscribe!('https://hub.example/webhooks/erp', context).finally(() => desk.close())
  }

  const works = (key: string): Promise<boolean> => {
    const desk = new OdooDesk({ ...server!, apiKey: key })
    return desk.api
      .call('res.users', 'context_get')
      .then(
        () => true,
        () => false,
      )
      .finally(() => desk.close())
  }

  it('is renewed with the password, both live for a day, then the old one is removed', async () => {
    const { secrets } = await look([first])
    const second = secrets!['apiKey']![0]!
    expect([await works(first), await works(second)]).toEqual([true, true])
    expect(await look([second, first])).toEqual({
      ...{ present: [expect.stringContaining('API key until')], created: [], repaired: [] },
    })
    const third = (await look([second, first], 70)).secrets!['apiKey']![0]!
    expect([await works(second), await works(third)]).toEqual([true, true])
    await look([third, second, first], 2)
    expect([await works(first), await works(second), await works(third)]).toEqual([true, false, true])
  }, 120_000)

  it('one whose answer was lost is removed and made again', async () => {
    const lost = (await look([first], 0)).secrets!['apiKey']![0]!
    const kept = (await look([first], 0)).secrets!['apiKey']![0]!
    expect([await works(lost), await works(kept)]).toEqual([false, true])
  }, 60_000)

  it('is warned of in time where nobody may renew it', async () => {
    await expect(look([first], 10, {})).rejects.toMatchObject({ code: 'PARTNER_FORBIDDEN' })
    expect(await look([first], 1, {})).toMatchObject({ present: ['API key, not renewed by the hub'] })
  }, 60_000)
})
