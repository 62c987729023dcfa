import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type CliWorld, CONFIG, cliWorld, landOrder, parkMessage } from './cli-harness.ts'

let cli: CliWorld

beforeEach(() => {
  cli = cliWorld()
})
afterEach(() => cli.close())

const EMAIL = 'ada@example.com'
/** Nobody is at work on anything here, so nobody is waited for. */
const yaml = `${CONFIG}engine: { leaseMs: 1000 }\n`

async function landed() {
  const store = cli.store()
  const order = await landOrder(store, { id: '7', number: '#7' })
  const document = (await store.documents.get(order.document))!
  const body = { number: '#7', email: EMAIL, totals: { total: '9.00' } }
  await store.documents.upsert(
    { ...document, body, hash: 'with a person', order: { revision: 2, event: 2, arrival: 2 } },
    Date.now(),
  )
  return { store, ...order }
}

const acts = async (action: string) =>
  (await cli.store().audit.list()).items.filter(entry => entry.action === action)

describe('hub privacy', () => {
  it('hands over all that is kept of a person, and writes down that it did', async () => {
    const { document, message, store } = await landed()
    await store.close()
    const { json } = await cli.hub(`privacy export --connection acme-shopify --email ${EMAIL} --json`)
    expect(json).toMatchObject({
      ...{ connection: 'acme-shopify', emails: [EMAIL] },
      documents: [{ id: document, body: { email: EMAIL } }],
      messages: [{ id: message, payload: '{}' }],
      copies: [{ connection: 'acme-erp', externalId: 'order-9' }],
    })
    const [act] = await acts('privacy.exported')
    expect(act).toMatchObject({ actor: 'cli', detail: { documents: 1, messages: 1 } })
    expect(JSON.stringify(act)).not.toContain(EMAIL)
  })

  it('erases a person once a human says so, and names the copies', async () => {
    const { document, store } = await landed()
    await store.close()
    const line = `privacy erase --connection acme-shopify --email ${EMAIL}`
    expect((await cli.hub(line, { yaml })).code).toBe(1)
    const { json } = await cli.hub(`${line} --yes --json`, { yaml })
    expect(json).toMatchObject({ documents: 1, messages: 1, copies: [{ externalId: 'order-9' }] })
    const { out } = await cli.hub(`privacy copies ${json.request}`)
    expect(out).toMatch(/acme-erp +order-9 +order:acme:acme-shopify:7/)
    const again = cli.store()
    expect((await again.documents.get(document))?.body).toEqual({ number: '#7', totals: { total: '9.00' } })
    await again.close()
    expect(await acts('privacy.erased')).toMatchObject([{ actor: 'cli', detail: { documents: 1 } }])
  })

  it('reads from the partner’s request who it is, and lists what is still to be done', async () => {
    const { store } = await landed()
    const body = { customer: { id: 4711, email: EMAIL }, orders_requested: [7], data_request: { id: 1 } }
    const summary = 'Hand over to the merchant what is kept of customer 4711. By 2026-12-21.'
    await parkMessage(store, 'ask', { topic: 'customers/data_request', code: 'PRIVACY_REQUEST', summary })
    await store.messages.insert({
      ...{ id: 'request', tenant: 'acme', connection: 'acme-shopify', topic: 'customers/data_request' },
      ...{ via: 'webhook', dedupeKey: 'request', receivedAt: Date.now(), headers: {} },
      body: Buffer.from(JSON.stringify(body)),
    })
    await store.close()
    const { json } = await cli.hub('privacy export --request request --json')
    expect(json).toMatchObject({ ids: ['4711'], orders: ['7'], documents: [{ number: '#7' }] })
    expect((await cli.hub('privacy list')).out).toMatch(/ask +acme-shopify .*2026-12-21 +Hand over/)
    expect((await cli.hub('privacy list --connection other')).out).toBe('Nobody waits for anything.\n')
  })

  it.each([
    ['privacy export --connection nowhere --email a@b.c', 'There is no connection “nowhere”.'],
    ['privacy export --connection acme-shopify', 'Say who'],
    ['privacy erase --request nothing --yes', 'Message “nothing”.'],
  ])('%s says what is wrong', async (line, said) => {
    await cli.store().close()
    const { code, err } = await cli.hub(line)
    expect([code, err]).toEqual([1, expect.stringContaining(said)])
  })
})
