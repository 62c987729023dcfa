import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type ApiWorld, type CallOptions, landDead, landOrder, startApi } from './api-harness.ts'

let world: ApiWorld
let key: string
beforeEach(async () => {
  world = await startApi()
  key = await world.keyOf({ role: 'admin' })
})
afterEach(() => world.close())

const api = (path: string, init: CallOptions = {}) => world.call(`/api/v1${path}`, { key, ...init })
const post = (path: string, body?: unknown) => api(path, { method: 'POST', body })

describe('lists', () => {
  it('come in pages that continue where the last one ended', async () => {
    for (const id of ['1', '2', '3']) await landOrder(world, { id })
    const first = (await api('/documents?limit=2')).json
    const second = (await api(`/documents?limit=2&after=${encodeURIComponent(first.next ?? '')}`)).json
    expect([first.total, second.total, second.next]).toEqual([3, 3, null])
    expect([...first.items, ...second.items].map(item => item['externalId'])).toEqual(['3', '2', '1'])
  })

  it.each([
    ['/messages?state=done', 1],
    ['/messages?state=dead', 1],
    ['/messages?connection=acme-shop&topic=orders/create', 2],
    ['/documents?resource=order&externalId=1', 1],
    ['/documents?resource=return', 0],
    ['/documents?number=%231001', 1],
    ['/deliveries?state=pending', 1],
    ['/deliveries?destination=acme-erp', 1],
    ['/deliveries?document=order:acme:acme-shop:1', 1],
    ['/dead-letters?state=open', 1],
    ['/dead-letters?code=MAPPING_TYPE', 0],
    ['/causes', 1],
    ['/flows', 1],
    ['/connectors', 1],
    ['/mappings', 1],
  ])('%s has %d', async (path, total) => {
    await landOrder(world, { id: '1' })
    await landDead(world, 'm1')
    const { status, json } = await api(path)
    expect({ status, total: json.total, items: json.items.length }).toEqual({
      status: 200,
      total,
      items: total,
    })
  })

  it.each([
    '/documents?limit=0',
    '/documents?limit=201',
    '/documents?limit=x',
    '/messages?state=gone',
    '/messages?stat=dead',
    '/documents?after=%00',
    '/connections?after=-1',
  ])('%s is refused, not guessed', async path =>
    expect((await api(path)).json).toMatchObject({ status: 400, code: 'INPUT_INVALID' }),
  )
})

describe('one record', () => {
  it('has its times as RFC 3339 and its payload as text', async () => {
    const { message } = await landOrder(world, { id: '1' })
    expect((await api(`/messages/${message}`)).json).toMatchObject({
      ...{
        id: message,
        state: 'done',
        receivedAt: '2026-01-15T12:00:00Z',
        eventAt: '2026-01-15T11:59:59Z',
        edited: false,
      },
      ...{ payload: { encoding: 'utf8', masked: false, text: '{"id":"1","email":"jane@example.com"}' } },
      ...{
        attempts: [{ at: '2026-01-15T12:00:00Z', outcome: 'done' }],
        headers: { 'x-topic': 'orders/create' },
      },
    })
  })

  it('has a payload that is no text as base64', async () => {
    const body = Buffer.from([0xff, 0x00, 0x01])
    await world.store.messages.insert({
      ...{ id: 'bin', tenant: 'acme', connection: 'acme-shop', topic: 't', via: 'pull', dedupeKey: 'bin' },
      ...{ receivedAt: 0, headers: {}, body },
    })
    expect((await api('/messages/bin')).json['payload']).toEqual({
      encoding: 'base64',
      text: '/wAB',
      bytes: 3,
      masked: false,
    })
  })

  it('is found by ids with slashes and arrows', async () => {
    const { delivery, document } = await landOrder(world, { id: 'gid://shop/Order/1' })
    expect((await api(`/deliveries/${encodeURIComponent(delivery)}`)).json).toMatchObject({
      id: delivery,
      state: 'pending',
    })
    expect((await api(`/documents/${encodeURIComponent(document)}`)).json).toMatchObject({
      id: document,
      revision: 1,
    })
  })

  it.each([
    '/messages/none',
    '/documents/none',
    '/deliveries/none',
    '/dead-letters/none',
    '/causes/none',
    '/connections/none',
  ])('%s is a 404 problem', async path =>
    expect((await api(path)).json).toMatchObject({ status: 404, instance: `/api/v1${path}` }),
  )

  it('is replayed by its own id', async () => {
    const { message, delivery } = await landOrder(world, { id: '1' })
    expect((await post(`/messages/${message}/replay`)).json).toEqual({ result: 'replayed' })
    expect((await post(`/deliveries/${encodeURIComponent(delivery)}/replay`)).json).toEqual({
      result: 'replayed',
    })
    expect(world.queued).toEqual([`translate ${message}`, `deliver ${delivery}`])
    expect((await api('/audit')).json.items.map(item => item['action'])).toEqual([
      'delivery.replay',
      'message.replay',
    ])
  })
})

describe('dead letters', () => {
  it('show all that is needed to decide', async () => {
    const letter = await landDead(world, 'm1')
    expect((await api(`/dead-letters/${letter.id}`)).json).toMatchObject({
      ...{
        id: letter.id,
        state: 'open',
        times: 1,
        openedAt: '2026-01-15T12:00:00Z',
        fix: expect.any(String),
      },
      ...{
        causeInfo: { id: letter.cause, open: 1, fault: 'data' },
        message: { id: 'm1', state: 'dead', attempts: [{}] },
      },
      ...{ payload: { text: expect.stringContaining('jane@') }, delivery: null, documentRecord: null },
    })
  })

  it('take an edited payload, replay it and keep the original', async () => {
    const { id } = await landDead(world, 'm1')
    const edit = (body: unknown) => api(`/dead-letters/${id}/payload`, { method: 'PUT', body })
    expect((await edit({ payload: '***', encoding: 'base64' })).status).toBe(400)
    expect((await edit({ payload: '{"id":2}' })).json).toEqual({ result: 'replayed' })
    expect((await api('/messages/m1')).json).toMatchObject({
      ...{ state: 'pending', edited: { at: '2026-01-15T12:00:00Z' }, payload: { text: '{"id":2}' } },
      original: { text: expect.stringContaining('jane@') },
    })
  })

  it('take a large edit up to the bound of the inbox, and no larger one', async () => {
    const { id } = await landDead(world, 'm1')
    const edit = (bytes: number) =>
      api(`/dead-letters/${id}/payload`, { method: 'PUT', body: { payload: 'x'.repeat(bytes) } })
    expect((await edit(2_000_001)).json).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' })
    expect((await edit(5_000_000)).status).toBe(413)
    expect((await edit(1_999_999)).status).toBe(200)
  })

  it('are discarded with a reason only', async () => {
    const { id } = await landDead(world, 'm1')
    expect((await post(`/dead-letters/${id}/discard`, {})).status).toBe(400)
    expect((await post(`/dead-letters/${id}/discard`, { reason: 'test order' })).json).toEqual({
      result: 'discarded',
    })
    expect((await post(`/dead-letters/${id}/replay`)).json).toMatchObject({
      status: 409,
      code: 'STATE_CONFLICT',
    })
    expect((await api('/messages/m1')).json['state']).toBe('discarded')
  })

  it('of one cause are counted first and replayed at the rate that was asked for', async () => {
    const { cause } = await landDead(world, 'm1')
    await landDead(world, 'm2')
    await landDead(world, 'm3', 'globex')
    expect((await api(`/causes/${cause}`)).json).toMatchObject({
      open: 3,
      fix: expect.any(String),
      letters: [{}, {}, {}],
    })
    expect((await api(`/causes/${cause}/preview`)).json).toEqual({ cause, matched: 3 })
    const replayed = await post(`/causes/${cause}/replay`, { ratePerSecond: 1 })
    expect([replayed.status, replayed.json]).toEqual([
      202,
      { cause, matched: 3, replayed: 3, skipped: 0, remaining: 0, lastDueAt: '2026-01-15T12:00:02Z' },
    ])
    expect((await post(`/causes/${cause}/replay`, { ratePerSecond: 0 })).status).toBe(400)
  })
})
