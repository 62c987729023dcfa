import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { odoo } from '#connectors/erp/odoo/connector.ts'
import { odooServer } from '#test/support/odoo.ts'
import { odooClient } from '#test/support/odoo-client.ts'
import { OdooDesk } from '#test/support/odoo-desk.ts'
import { userWithKey } from '#test/support/odoo-user.ts'

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
    first = await userWithKey(
      { server: server!, odoo: odooClient(server!) },
      { login, password, groups: ['group_user', 'group_sale_manager'] },
    )
  }, 60_000)
  afterAll(() => admin.close())

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
