import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { maskPersonal } from '#core/deadletter/mask.ts'
import type { Tried } from '#core/sync/try-mapping.ts'
import { triedView } from '#workers/web/api/views/tried-view.ts'
import { type ApiWorld, landOrder, startApi } from './api-harness.ts'

const ORDER = `/api/v1/mappings/${encodeURIComponent('storefronts/shop/order')}/try`
const MAP = `version: 4
connector: shop
topics: [orders/create]
target: order
identity: id
document: { number: '"N" & id', lines: { $each: lines, sku: sku, price: price } }
`
const PAYLOAD = { id: 7, carrier: 'dhl', lines: [{ sku: 'A', price: '1.00' }] }

let world: ApiWorld
let key: string
beforeEach(async () => {
  world = await startApi()
  key = await world.keyOf({ role: 'engineer' })
  await world.deps.connections.create(
    {
      ...{ id: 'acme-shop', tenant: 'acme', connector: 'shop', settings: { domain: 'shop.example' } },
      secrets: { webhookSecret: ['s'] },
    },
    { id: 'test', role: 'admin' },
  )
})
afterEach(() => world.close())

const attempt = async (body: unknown, as = key) =>
  (await world.call(ORDER, { key: as, method: 'POST', body })).json

describe('trying a mapping', () => {
  it('gives the document as it holds now, with the origin of every leaf', async () => {
    const tried = await attempt({ payload: PAYLOAD })
    expect(tried).toMatchObject({ problems: [], compileMs: expect.any(Number), topic: 'orders/create' })
    const [record] = tried['records'] as Record<string, unknown>[]
    expect(record).toMatchObject({
      ...{ outcome: 'document', externalId: '7', before: null, differences: [] },
      document: { number: '7', placedAt: 'DHL', lines: [{ sku: 'A', price: '1.00' }] },
    })
    expect(record!['leaves']).toContainEqual(
      expect.objectContaining({
        pointer: '/lines/0/sku',
        value: 'A',
        expression: 'sku',
        sources: ['/lines/0/sku'],
      }),
    )
  })

  it('lays another text against what holds now', async () => {
    const { records } = await attempt({ text: MAP, payload: PAYLOAD })
    expect(records).toMatchObject([
      {
        ...{ outcome: 'document', document: { number: 'N7' }, before: { document: { number: '7' } } },
        differences: [
          { pointer: '/number', before: '7', after: 'N7' },
          { pointer: '/placedAt', before: 'DHL' },
        ],
      },
    ])
  })

  it('answers the problems of a text that does not compile, and runs nothing', async () => {
    const tried = await attempt({ text: MAP.replace('"N" & id', '$nothing()'), payload: PAYLOAD })
    expect(tried).toMatchObject({
      ...{ topic: null, records: [] },
      problems: [{ code: 'FUNCTION_UNKNOWN', line: 6 }],
    })
  })

  it('compiles alone where no message is given', async () =>
    expect(await attempt({ text: MAP })).toMatchObject({ problems: [], topic: null, records: [] }))

  it('shows what is wrong with a record, and what is left out', async () => {
    const failing = await attempt({ payload: { lines: [{ sku: 'A' }] } })
    expect(failing['records']).toMatchObject([
      {
        outcome: 'problems',
        problems: expect.arrayContaining([expect.objectContaining({ target: '/lines/0/price' })]),
      },
    ])
    const skipping = await attempt({ text: `${MAP}skip: 'true'\n`, payload: PAYLOAD })
    expect(skipping['records']).toMatchObject([
      { outcome: 'skipped', skipped: 'SOURCE_SKIPPED', before: { outcome: 'document' } },
    ])
  })

  it('keeps every digit of a payload that is given as text', async () => {
    const { records } = await attempt({ payload: '{"id":9007199254740993,"lines":[]}' })
    expect(records).toMatchObject([{ document: { number: '9007199254740993' } }])
  })

  it('takes a stored message, of its own connection', async () => {
    const { message } = await landOrder(world, { id: '7' })
    expect(await attempt({ message })).toMatchObject({ records: [{ externalId: '7' }] })
    expect(await attempt({ message, connection: 'other' })).toMatchObject({ status: 400 })
    const other = await world.keyOf({ role: 'engineer', tenant: 'globex' })
    expect(await attempt({ message }, other)).toMatchObject({ status: 404 })
  })

  it('refuses a text that is for somebody else', async () => {
    const text = 'extends: storefronts/shop/order\nfor: { tenant: globex }\nversion: 1\n'
    expect(await attempt({ text, connection: 'acme-shop', payload: PAYLOAD })).toMatchObject({
      ...{ status: 400, detail: 'The text does not concern “acme-shop”.' },
    })
  })

  it('stores nothing', async () => {
    await attempt({ text: MAP, payload: PAYLOAD })
    expect([
      (await world.store.messages.list({})).total,
      (await world.store.documents.list({})).total,
    ]).toEqual([0, 0])
  })
})

describe('a role that may not read payloads', () => {
  it('tries what holds, with personal fields masked everywhere, and no text of its own', async () => {
    const viewer = await world.keyOf({ role: 'viewer' })
    const { message } = await landOrder(world, { id: '7' })
    const tried = await attempt({ message }, viewer)
    expect(tried).toMatchObject({ records: [{ outcome: 'document', document: { number: '7' } }] })
    expect(await attempt({ text: MAP, message }, viewer)).toMatchObject({ status: 403, code: 'NOT_ALLOWED' })
  })

  it('sees personal fields masked in documents, leaves and differences alike', () => {
    const rule = { expression: 'x', line: 1, column: 1, sources: [], tables: [] }
    const tried: Tried = {
      ...{ problems: [], compileMs: 1, topic: 'orders/create', resource: 'order' },
      records: [
        {
          ...{ outcome: 'document', document: { number: '#1', email: 'jane@example.com' } },
          before: { outcome: 'document', document: { number: '#1', email: 'joe@example.com' } },
          leaves: [
            { ...rule, pointer: '/email', value: 'jane@example.com' },
            { ...rule, pointer: '/number', value: '#1' },
            { ...rule, pointer: 'let.mail', value: 'jane@example.com' },
            { ...rule, pointer: '/note' },
          ],
          differences: [{ pointer: '/email', before: 'joe@example.com', after: 'jane@example.com' }],
        },
      ],
    }
    const engineer = { id: 'k', role: 'engineer' as const }
    expect(triedView(tried, engineer, maskPersonal)).toEqual(tried)
    const masked = triedView(tried, { ...engineer, role: 'viewer' }, maskPersonal)
    expect(JSON.stringify(masked)).not.toMatch(/jane|joe/)
    expect(masked.records[0]).toMatchObject({
      document: { number: '#1', email: '•••@•••' },
      leaves: [
        { value: '•••@•••' },
        { value: '#1' },
        { value: '•••' },
        expect.not.objectContaining({ value: expect.anything() }),
      ],
      differences: [{ pointer: '/email', before: '•••@•••', after: '•••@•••' }],
    })
  })
})
