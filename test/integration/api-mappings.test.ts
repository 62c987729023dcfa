import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type ApiWorld, type CallOptions, landOrder, startApi } from './api-harness.ts'

const ORDER = `/mappings/${encodeURIComponent('storefronts/shop/order')}`

let world: ApiWorld
let key: string
beforeEach(async () => {
  world = await startApi()
  key = await world.keyOf({ role: 'engineer' })
  for (const tenant of ['acme', 'globex'])
    await world.deps.connections.create(
      {
        ...{ id: `${tenant}-shop`, tenant, connector: 'shop' },
        ...{ settings: { domain: 'shop.example' }, secrets: { webhookSecret: ['s'] } },
      },
      { id: 'test', role: 'admin' },
    )
})
afterEach(() => world.close())

const api = (path: string, init: CallOptions = {}) => world.call(`/api/v1${path}`, { key, ...init })
const post = (path: string, body?: unknown, as = key) => api(path, { method: 'POST', body, key: as })

const MAP = `version: 4
connector: shop
topics: [orders/create]
target: order
identity: id
document: { number: '"N" & id', lines: { $each: lines, sku: sku, price: price } }
`
const CASES = `cases: [{ name: numbered, input: { id: 7, lines: [] }, include: { number: N7 } }]\n`
const overlay = (whom: string, count = 1) =>
  `extends: storefronts/shop/order\nfor: { ${whom} }\nversion: 1\ndocument: { count: '${count}' }\n`

describe('a mapping', () => {
  it('is shown with its files, cases, lineage and what is wrong with it', async () => {
    await post(`${ORDER}/versions`, { text: overlay('tenant: acme'), note: 'counts' })
    const shared = (await api(ORDER)).json
    expect(shared).toMatchObject({
      ...{ id: 'storefronts/shop/order', version: 3, connector: 'shop', target: 'order', published: null },
      ...{ overlays: [], problems: [], cases: expect.stringContaining('a plain order') },
      layers: [
        { scope: '*', path: 'storefronts/shop/order.map.yaml', published: null, text: shared['text'] },
      ],
    })
    expect(shared['leaves']).toContainEqual(
      expect.objectContaining({ pointer: '/number', expression: '$string(id)', reads: ['/id'], line: 7 }),
    )
    const own = (await api(`${ORDER}?connection=acme-shop`)).json
    expect(own).toMatchObject({
      ...{ text: shared['text'], overlays: ['tenant:acme#1'] },
      layers: [
        { scope: '*' },
        {
          scope: 'tenant:acme',
          published: { number: 1, by: expect.any(String), at: '2026-01-15T12:00:00Z', note: 'counts' },
        },
      ],
    })
    expect((await api(`${ORDER}?connection=globex-shop`)).json['overlays']).toEqual([])
  })

  it.each(['/mappings/none', `${ORDER}?connection=none`])('%s is not there', async path =>
    expect((await api(path)).status).toBe(404),
  )
})

describe('publishing', () => {
  it('lets the text hold at once, numbers it, and takes it back', async () => {
    expect(await post(`${ORDER}/versions`, { text: MAP, cases: CASES })).toMatchObject({
      status: 201,
      json: { mapping: 'storefronts/shop/order', scope: '*', number: 1 },
    })
    expect((await api('/mappings')).json.items).toMatchObject([
      { version: 4, published: 1, overlays: ['*#1'] },
    ])
    expect((await post(`${ORDER}/rollback`, { scope: '*', to: 0 })).json).toMatchObject({ number: 2 })
    expect((await api('/mappings')).json.items).toMatchObject([{ version: 3, published: null, overlays: [] }])
    const versions = (await api(`${ORDER}/versions`)).json
    expect(versions.items).toMatchObject([
      { number: 2, scope: '*', text: '' },
      { number: 1, scope: '*', text: MAP, cases: CASES, at: '2026-01-15T12:00:00Z', note: null },
    ])
    expect(versions).toMatchObject({ total: 2, next: null })
  })

  it('is refused with every problem of a text that does not compile', async () => {
    const { status, json } = await post(`${ORDER}/versions`, {
      text: MAP.replace('price: price', 'prise: price'),
    })
    expect([status, json['code']]).toEqual([422, 'MAPPINGS_BROKEN'])
    expect(json['problems']).toContainEqual(expect.objectContaining({ severity: 'error', line: 6 }))
  })

  it('is refused while cases fail, and says which', async () => {
    const { status, json } = await post(`${ORDER}/versions`, { text: MAP })
    expect([status, json['code']]).toEqual([422, 'MAPPING_CASES_FAILED'])
    expect(json['cases']).toMatchObject([
      { name: 'a plain order', ok: false, differences: [expect.any(String)] },
    ])
  })

  it('is refused to who has not seen the newest', async () => {
    await post(`${ORDER}/versions`, { text: MAP, cases: CASES })
    expect(await post(`${ORDER}/versions`, { text: MAP, cases: CASES, after: 0 })).toMatchObject({
      status: 409,
      json: { code: 'MAPPING_CHANGED' },
    })
  })

  it.each([
    ['no text', '/versions', {}],
    ['a scope that is none', '/rollback', { scope: 'acme', to: 0 }],
    ['a number below 0', '/rollback', { scope: '*', to: -1 }],
    ['more messages than it may', '/shadow', { text: 'x', last: 10_001 }],
    ['no time', '/replay', { from: 'yesterday' }],
  ])('is refused for %s', async (_, path, body) =>
    expect(await post(`${ORDER}${path}`, body)).toMatchObject({
      status: 400,
      json: { code: 'INPUT_INVALID' },
    }),
  )
})

describe('a principal with a tenant', () => {
  let own: string
  beforeEach(async () => {
    own = await world.keyOf({ role: 'engineer', tenant: 'acme' })
  })

  it('sees and publishes what is for its own tenant and connections', async () => {
    for (const whom of ['tenant: acme', 'connection: acme-shop', 'tenant: globex', 'connection: globex-shop'])
      await post(`${ORDER}/versions`, { text: overlay(whom) })
    await post(`${ORDER}/versions`, { text: MAP, cases: CASES })
    const seen = (await api(`${ORDER}/versions`, { key: own })).json
    expect(seen.items.map(item => item['scope'])).toEqual(['*', 'connection:acme-shop', 'tenant:acme'])
    expect(seen.total).toBe(3)
    const { items } = (await api(`${ORDER}/versions?scope=tenant:globex`, { key: own })).json
    expect(items).toEqual([])
    expect((await post(`${ORDER}/versions`, { text: overlay('tenant: acme', 2) }, own)).status).toBe(201)
  })

  it.each([
    ['another tenant', overlay('tenant: globex')],
    ['another tenant’s connection', overlay('connection: globex-shop')],
    ['everybody', MAP],
  ])('publishes nothing for %s', async (_, text) =>
    expect((await post(`${ORDER}/versions`, { text, cases: CASES }, own)).status).toBeGreaterThanOrEqual(400),
  )

  it('looks at its own messages only', async () => {
    await landOrder(world, { id: '7', tenant: 'acme' })
    await landOrder(world, { id: '8', tenant: 'globex' })
    expect((await post(`${ORDER}/shadow`, { text: MAP })).json).toMatchObject({ messages: 2, changed: 2 })
    expect((await post(`${ORDER}/shadow`, { text: MAP }, own)).json).toMatchObject({
      messages: 1,
      documents: [{ id: 'order:acme:acme-shop:7', outcome: 'changed' }],
    })
    expect((await post(`${ORDER}/shadow`, { text: MAP, connection: 'globex-shop' }, own)).status).toBe(404)
    expect((await post(`${ORDER}/replay`, { dryRun: true }, own)).json).toMatchObject({ matched: 1 })
    expect((await post(`${ORDER}/replay`, { connection: 'globex-shop' }, own)).status).toBe(404)
  })
})

describe('a shadow run over the API', () => {
  it('answers the report', async () => {
    await landOrder(world, { id: '7' })
    const { status, json } = await post(`${ORDER}/shadow`, { text: MAP })
    expect(status).toBe(200)
    expect(json).toMatchObject({ scope: '*', compared: 1, leaves: expect.any(Array), more: 0 })
    expect(json['documents']).toMatchObject([
      { differences: expect.arrayContaining([{ pointer: '/number', before: '#1001', after: 'N7' }]) },
    ])
  })

  it('is refused with the problems of a text that does not compile', async () =>
    expect(await post(`${ORDER}/shadow`, { text: 'version: 1' })).toMatchObject({
      status: 422,
      json: { code: 'MAPPINGS_BROKEN', problems: expect.any(Array) },
    }))

  it('is not for roles that may not read payloads: an expression could carry them out', async () => {
    for (const role of ['viewer', 'merchant'] as const) {
      const as = await world.keyOf({ role, tenant: 'acme' })
      expect((await post(`${ORDER}/shadow`, { text: MAP }, as)).status).toBe(403)
    }
  })
})

describe('replaying a range over the API', () => {
  it('counts, then replays and audits', async () => {
    const { message } = await landOrder(world, { id: '7' })
    expect((await post(`${ORDER}/replay`, { dryRun: true })).json).toMatchObject({ matched: 1, replayed: 0 })
    const range = { from: '2026-01-15T12:00:00Z', to: '2026-01-15T12:00:01Z', connection: 'acme-shop' }
    expect((await post(`${ORDER}/replay`, range)).json).toEqual({
      ...{ matched: 1, replayed: 1, taken: [], lastDueAt: '2026-01-15T12:00:00Z' },
    })
    expect(world.queued).toEqual([`translate ${message}`])
    const { items } = await world.store.audit.list()
    expect(items[0]).toMatchObject({ action: 'mapping.replay', detail: { matched: 1, replayed: 1 } })
    expect((await post(`${ORDER}/replay`, { to: range.from })).json).toMatchObject({ matched: 0 })
  })
})
