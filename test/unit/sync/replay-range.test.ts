import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { deadLetterId } from '#core/kernel/ids.ts'
import { MAPPING, type MappingHarness, mappingHarness } from '../../support/mapping-harness.ts'

let hub: MappingHarness

beforeEach(async () => {
  hub = await mappingHarness()
})
afterEach(() => hub.close())

const ADMIN = { id: 'key-1', role: 'admin' as const }
const order = (id: string, over: object = {}) => ({ id, number: `#${id}`, lines: [], ...over })
const replay = (over: object = {}, actor: Parameters<MappingHarness['replayRange']>[1] = ADMIN) =>
  hub.replayRange({ mapping: MAPPING, signal: new AbortController().signal, ...over }, actor)
const stateOf = async (id: string) => (await hub.store.messages.get(id))?.state

describe('replaying a range', () => {
  it('makes what was translated due again, newest first, at a rate that leaves room for live messages', async () => {
    const ids = [await hub.receive(order('1')), await hub.receive(order('2')), await hub.receive(order('3'))]
    await hub.drain()
    const start = hub.clock.now()
    expect(await replay({ ratePerSecond: 2 })).toEqual({
      ...{ matched: 3, replayed: 3, taken: [], lastDueAt: start + 1_000 },
    })
    const messages = await Promise.all(ids.map(id => hub.store.messages.get(id)))
    expect(messages.map(message => [message?.state, message!.nextAt - start])).toEqual([
      ['pending', 1_000],
      ['pending', 500],
      ['pending', 0],
    ])
    expect((await hub.queue.stats()).topics.translate).toMatchObject({ waiting: 1, delayed: 2 })
  })

  it('ends an older message stale and makes nothing new of equal content', async () => {
    const older = await hub.receive(order('1', { rev: 1, total: '1' }))
    const newer = await hub.receive(order('1', { rev: 2, total: '2' }))
    await hub.drain()
    await replay()
    await hub.clock.advance(1_000)
    await hub.drain()
    expect([await stateOf(older), await stateOf(newer)]).toEqual(['stale', 'done'])
    expect(await hub.store.documents.get('order:acme:acme-shop:1')).toMatchObject({ revision: 2 })
  })

  it('brings dead messages back and closes their letters', async () => {
    const dead = await hub.receive(order('1', { number: undefined }))
    await hub.drain()
    expect(await replay()).toMatchObject({ matched: 1, replayed: 1 })
    expect(await stateOf(dead)).toBe('pending')
    expect(await hub.store.deadLetters.get(deadLetterId('message', dead))).toMatchObject({
      state: 'replayed',
    })
  })

  it('leaves alone what is pending, and names what a worker holds', async () => {
    await hub.receive(order('1'))
    const held = await hub.receive(order('2'))
    const now = hub.clock.now()
    await hub.store.messages.claim(held, { token: 'other', now, until: now + 1_000 })
    expect(await replay()).toEqual({ matched: 0, replayed: 0, taken: [held], lastDueAt: null })
  })

  it.each([
    ['received from a time on', { from: 2 }, ['3', '2']],
    ['received before a time', { to: 2 }, ['1']],
    ['of one connection', { connection: 'globex-shop' }, ['4']],
  ])('takes what was %s', async (_, range, expected) => {
    const start = hub.clock.now()
    const ids = new Map<string, string>()
    for (const id of ['1', '2', '3']) ids.set(await hub.receive(order(id)), id)
    ids.set(await hub.receive(order('4'), { connection: 'globex-shop', receivedAt: start }), '4')
    await hub.drain()
    const { from, to, connection } = {
      from: undefined,
      to: undefined,
      connection: 'acme-shop',
      ...range,
    } as {
      from?: number
      to?: number
      connection: string
    }
    await replay({
      connection,
      from: from === undefined ? undefined : start + from,
      to: to === undefined ? undefined : start + to,
    })
    const pending = (await hub.store.messages.list({ state: 'pending' })).items
    expect(
      pending
        .map(({ id }) => ids.get(id))
        .sort()
        .reverse(),
    ).toEqual(expected)
  })

  it('is within the tenant of who asks', async () => {
    const own = await hub.receive(order('1'))
    const other = await hub.receive(order('1'), { connection: 'globex-shop' })
    await hub.drain()
    await replay({}, { ...ADMIN, tenant: 'acme' })
    expect([await stateOf(own), await stateOf(other)]).toEqual(['pending', 'done'])
  })

  it('is audited with its counts, and counts alone when that is all that was asked', async () => {
    await hub.receive(order('1'))
    await hub.drain()
    expect(await replay({ dryRun: true })).toMatchObject({ matched: 1, replayed: 0 })
    expect((await hub.store.audit.list()).items).toEqual([])
    await replay({ connection: 'acme-shop' })
    expect((await hub.store.audit.list()).items).toMatchObject([
      {
        ...{ actor: 'key-1', action: 'mapping.replay', subject: MAPPING },
        detail: { connection: 'acme-shop', matched: 1, replayed: 1 },
      },
    ])
  })

  it('refuses a mapping and a connection that are not there', async () => {
    await expect(replay({ mapping: 'storefronts/shop/none' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(replay({ connection: 'none' })).rejects.toMatchObject({ code: 'CONNECTION_UNKNOWN' })
  })
})

describe('what is observed', () => {
  it('is every record that a partner sent, and nothing that an operator wrote', async () => {
    const id = await hub.receive({ orders: [order('1'), order('2', { test: true })] })
    await hub.drain()
    expect(hub.observed).toEqual([order('1'), order('2', { test: true })])
    await hub.store.messages.reopen(id, hub.clock.now(), { body: Buffer.from('{"id":"9"}'), by: 'key-1' })
    await hub.drain()
    expect(hub.observed).toHaveLength(2)
  })
})
