import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { LiveConnection } from '#core/accounts/directory.ts'
import type { Connector, ConnectorContext } from '#core/contracts/connector.ts'
import type { Plan } from '#core/contracts/mapper.ts'
import type { Store } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { type CoverageRequest, readCoverage } from '#core/sync/read-coverage.ts'

const mapper = createMapper({
  schemas: {
    order: { type: 'object', properties: { number: { type: 'string' }, note: { type: 'string' } } },
  },
  sources: {
    'storefronts/shop/order': {
      type: 'object',
      properties: { id: { type: 'string' }, name: { type: 'string' }, status: { type: 'string' } },
    },
  },
})
const compile = (document: string) =>
  mapper.compile({
    path: 'storefronts/shop/order.map.yaml',
    text: `
version: 1
connector: shop
topics: [orders]
source: order
target: order
identity: id
document: ${document}
`,
  })
const { plan, problems } = compile('{ number: name }')

/** A payload with `ask` is thin: the partner knows the rest. */
const shop = {
  manifest: {},
  async decode({ body }, { http }) {
    const record = JSON.parse(body.toString())
    if (record.ask) await http.request({ method: 'GET', url: 'https://shop.example' })
    if (record.broken) throw new HubError('BODY_UNREADABLE')
    return record.skip ? { skip: 'SOURCE_SKIPPED', detail: '' } : { records: [record] }
  },
} as Connector

const connectionOf = (id: string, tenant = 'acme') => ({ id, tenant, connector: 'shop' }) as LiveConnection

let store: Store
let planFor: (connection: { id: string }) => Plan | undefined
let arrivals: number
let counting: typeof mapper

beforeEach(() => {
  store = openSqliteStore({ url: ':memory:', engine: true })
  planFor = () => plan!
  arrivals = 0
  counting = mapper
})
afterEach(() => store.close())

const arrives = (payload: object, connection = 'shop', tenant = 'acme') => {
  const id = `m${++arrivals}`
  return store.messages.insert({
    ...{ id, tenant, connection, topic: 'orders', via: 'webhook', dedupeKey: id },
    ...{ receivedAt: arrivals, headers: {}, body: Buffer.from(JSON.stringify(payload)) },
  })
}
const read = (given: Partial<CoverageRequest> = {}) =>
  readCoverage(
    {
      store,
      directory: {
        list: async () => [connectionOf('shop'), connectionOf('other'), connectionOf('globex', 'globex')],
      },
      connectors: new Map([['shop', shop]]),
      catalogue: { mapper: counting, planFor: connection => planFor(connection) },
      contextFor: () => ({}) as ConnectorContext,
    },
    { plan: plan!, last: 100, signal: new AbortController().signal, ...given },
  )

describe('the coverage of stored messages', () => {
  it('tells which fields are read and which the source schema knows', async () => {
    expect(problems).toEqual([])
    await arrives({ id: '1', name: '#1', status: 'open' })
    await arrives({ id: '2', name: '#2', gift: { from: 'Ada' } })
    expect(await read()).toEqual({
      ...{ messages: 2, leftOut: 0, unread: 2, undeclared: 1 },
      fields: expect.arrayContaining([
        { pointer: '/name', count: 2, read: true, declared: true },
        { pointer: '/status', count: 1, read: false, declared: true },
        { pointer: '/gift/from', count: 1, read: false, declared: false },
      ]),
    })
  })

  it('adds up what connections have whose mappings differ: what one of them reads is read', async () => {
    const own = compile('{ number: name, note: status }').plan!
    planFor = ({ id }) => (id === 'other' ? own : plan!)
    await arrives({ id: '1', status: 'open' }, 'other')
    await arrives({ id: '2', status: 'open' })
    expect((await read()).fields).toContainEqual({ pointer: '/status', count: 2, read: true, declared: true })
  })

  it('holds the records of few messages at once', async () => {
    for (let n = 0; n < 6; n++) await arrives({ id: '1', name: 'x'.repeat(400_000) })
    const held: number[] = []
    const coverage: typeof mapper.coverage = (of, records) => {
      held.push([...records].length)
      return mapper.coverage(of, records)
    }
    counting = { ...mapper, coverage }
    expect((await read()).fields).toContainEqual(expect.objectContaining({ pointer: '/name', count: 6 }))
    expect(held).toEqual([2, 2, 2])
  })

  it('looks at the newest, of one connection or tenant where told', async () => {
    await arrives({ old: 1 })
    await arrives({ new: 1 })
    await arrives({ other: 1 }, 'other')
    await arrives({ globex: 1 }, 'globex', 'globex')
    const fields = async (given: Partial<CoverageRequest>) =>
      (await read(given)).fields.map(({ pointer }) => pointer).toSorted()
    expect(await fields({ last: 3 })).toEqual(['/globex', '/new', '/other'])
    expect(await fields({ connection: 'shop', last: 1 })).toEqual(['/new'])
    expect(await fields({ tenant: 'globex' })).toEqual(['/globex'])
  })

  it('leaves out and counts what is thin, skipped, broken, of no mapping or of another one', async () => {
    await arrives({ ask: true })
    await arrives({ skip: true })
    await arrives({ broken: true })
    await arrives({ id: '1' }, 'gone')
    await arrives({ id: '1' }, 'other')
    await arrives({ id: '1' })
    planFor = ({ id }) => (id === 'other' ? { ...plan!, id: 'storefronts/shop/other' } : plan!)
    expect(await read()).toMatchObject({ messages: 6, leftOut: 5, fields: [{ pointer: '/id', count: 1 }] })
    planFor = () => {
      throw new HubError('MAPPINGS_BROKEN')
    }
    expect(await read()).toMatchObject({ messages: 6, leftOut: 6, fields: [] })
  })

  it('shows no key that is data', async () => {
    await arrives({ id: '1', 'ada@example.com': 1 })
    expect((await read()).fields.map(({ pointer }) => pointer)).toEqual(['/id', '/•••'])
  })

  it('ends when nobody waits any more', async () => {
    await arrives({ id: '1' })
    await expect(read({ signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone')
  })
})
