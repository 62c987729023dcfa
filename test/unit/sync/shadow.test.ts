import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { MAPPING, type MappingHarness, mappingHarness, ORDER_MAP } from '../../support/mapping-harness.ts'

let hub: MappingHarness

beforeEach(async () => {
  hub = await mappingHarness()
})
afterEach(() => hub.close())

const order = (id: string, over: object = {}) => ({ id, number: `#${id}`, total: '10', lines: [], ...over })
const documentId = (id: string, tenant = 'acme') => `order:${tenant}:${tenant}-shop:${id}`

/** The mapping with one rule written otherwise. */
const withRule = (from: string, to: string): string => {
  expect(ORDER_MAP).toContain(from)
  return ORDER_MAP.replace(from, to)
}
const DOUBLED = withRule('$money(total, "EUR")', '$moneyMultiply(total, 2, "EUR")')

const overlay = (whom: string) => `extends: ${MAPPING}
for: { ${whom} }
version: 1
document: { total: '$moneyMultiply(total, 2, "EUR")' }
`

describe('a shadow run', () => {
  it('lays what would be against what is stored, leaf by leaf, and names who would be written to', async () => {
    const message = await hub.receive(order('1'))
    await hub.receive(order('2', { total: undefined }))
    await hub.drain()
    expect(await hub.shadow(DOUBLED)).toEqual({
      ...{ mapping: MAPPING, scope: '*', messages: 2, compared: 2, notCompared: [] },
      ...{ unchanged: 1, outdated: 0, changed: 1, writes: 1, more: 0 },
      destinations: [{ connection: 'acme-erp', writes: 1 }],
      leaves: [{ pointer: '/total', documents: 1 }],
      documents: [
        {
          ...{ id: documentId('1'), resource: 'order', number: '#1', externalId: '1', message },
          ...{ outcome: 'changed', moreDifferences: 0, destinations: ['acme-erp'] },
          differences: [{ pointer: '/total', before: '10.00', after: '20.00' }],
        },
      ],
    })
  })

  it('counts a document once, by the message that stands for it', async () => {
    await hub.receive(order('1', { rev: 1, total: '10' }))
    const newest = await hub.receive(order('1', { rev: 3, total: '30' }))
    await hub.receive(order('1', { rev: 2, total: '20' }))
    await hub.drain()
    const report = await hub.shadow(DOUBLED)
    expect([report.compared, report.changed, report.unchanged]).toEqual([3, 1, 0])
    expect(report.documents).toMatchObject([
      { message: newest, differences: [{ before: '30.00', after: '60.00' }] },
    ])
  })

  it('takes the newest of two messages that made equal content so far', async () => {
    await hub.receive(order('1', { rev: 1, lines: [] }))
    const newest = await hub.receive(order('1', { rev: 2, lines: [], note: 'x' }))
    await hub.drain()
    const report = await hub.shadow(withRule('$money(total, "EUR")', `'note ? "5" : "4"'`))
    expect(report.documents).toMatchObject([
      { message: newest, differences: [{ before: '10.00', after: '5' }] },
    ])
  })

  it('shows what would be made for the first time, with its newest revision', async () => {
    await hub.receive(order('1', { rev: 2, test: true, total: '2' }))
    await hub.receive(order('1', { rev: 1, test: true, total: '1' }))
    await hub.receive(order('2', { number: undefined }))
    await hub.drain()
    const { documents, writes } = await hub.shadow(
      ORDER_MAP.replace('skip: test\n', '').replace('  number: number', `  number: 'number ?: "none"'`),
    )
    expect(documents.map(({ id, outcome, differences }) => [id, outcome, differences]).sort()).toEqual([
      [documentId('1'), 'new', []],
      [documentId('2'), 'new', []],
    ])
    expect(writes).toBe(2)
  })

  it('shows what would be left out, and what would need a human, without a write', async () => {
    await hub.receive(order('1', { total: '-1' }))
    await hub.receive(order('2', { total: undefined, sum: '5' }))
    await hub.drain()
    const skipping = await hub.shadow(withRule('skip: test', 'skip: total = "-1"'))
    expect(skipping).toMatchObject({ changed: 1, writes: 0, unchanged: 1 })
    expect(skipping.documents).toMatchObject([
      { id: documentId('1'), outcome: 'skipped', reason: 'SOURCE_SKIPPED' },
    ])
    const failing = await hub.shadow(withRule('  number: number', '  number: total'))
    expect(failing.documents).toMatchObject([
      { id: documentId('2'), outcome: 'problems', reason: expect.stringContaining('/number is missing') },
      { id: documentId('1'), outcome: 'changed' },
    ])
  })

  it('tells of messages that would need a human from now on, or not any more', async () => {
    const skipped = await hub.receive(order('1', { test: true, number: undefined }))
    const dead = await hub.receive(order('2', { number: undefined }))
    await hub.drain()
    const report = await hub.shadow(withRule('skip: test', 'skip: $exists(test) = false'))
    expect(report.documents).toMatchObject([
      { id: null, message: dead, outcome: 'skipped' },
      { message: skipped, outcome: 'problems' },
    ])
  })

  it('sees an identity that changes as one document gone and one new', async () => {
    await hub.receive(order('1'))
    await hub.drain()
    const { documents } = await hub.shadow(withRule('identity: id', 'identity: number'))
    expect(documents).toMatchObject([
      { id: documentId('1'), outcome: 'gone', reason: documentId('#1'), destinations: [] },
      { id: documentId('#1'), outcome: 'new', destinations: ['acme-erp'] },
    ])
  })

  it('tells of a document that is gone by the message that stands for it, whichever came last', async () => {
    const newest = await hub.receive(order('1', { rev: 2 }))
    await hub.receive(order('1', { rev: 1 }))
    await hub.drain()
    const { documents } = await hub.shadow(withRule('identity: id', 'identity: number'))
    expect(documents.filter(({ outcome }) => outcome === 'gone')).toMatchObject([{ message: newest }])
  })

  it('knows that one record with a problem parks its whole message', async () => {
    await hub.receive({ orders: [order('1'), order('2', { total: undefined })] })
    await hub.drain()
    const { documents } = await hub.shadow(withRule('  number: number', '  number: total ? number'))
    expect(documents).toMatchObject([
      { id: documentId('1'), outcome: 'problems' },
      { id: documentId('2'), outcome: 'problems' },
    ])
  })

  it('asks no partner: what is thin, pending, given up or unreadable is left out with its reason', async () => {
    await hub.receive({ thin: '7' })
    await hub.receive({ skip: 'Nothing new.' })
    await hub.receive({}, { body: Buffer.from('{') })
    await hub.drain()
    await hub.receive(order('1'))
    const asked = hub.fetched.length
    const report = await hub.shadow(DOUBLED)
    expect(report).toMatchObject({ messages: 4, compared: 0, changed: 0 })
    expect(report.notCompared).toEqual([
      { reason: 'It is not translated yet.', count: 1 },
      { reason: 'The body cannot be read as its content type says.', count: 1 },
      { reason: 'Nothing new.', count: 1 },
      { reason: 'The partner would be asked for the rest of it.', count: 1 },
    ])
    expect(hub.fetched).toHaveLength(asked)
  })

  it('tells documents apart that differ already, whatever is published', async () => {
    await hub.receive(order('1'))
    await hub.drain()
    await publish(DOUBLED)
    const sameTotals = DOUBLED.replace('version: 1', 'version: 2')
    expect(await hub.shadow(sameTotals)).toMatchObject({ changed: 0, outdated: 1, unchanged: 0, writes: 0 })
    expect(await hub.shadow(ORDER_MAP)).toMatchObject({ changed: 0, outdated: 0, unchanged: 1 })
  })

  it('lays a file that holds already against what is stored: what a replay would change', async () => {
    await hub.receive(order('1'))
    await hub.receive(order('2', { total: '-1' }))
    await hub.receive(order('3', { test: true }))
    await hub.drain()
    const text = DOUBLED.replace('skip: test', 'skip: total = "-1"')
    await publish(text)
    const { documents, outdated } = await hub.shadow(text)
    expect(outdated).toBe(0)
    expect(documents).toMatchObject([
      { id: documentId('3'), outcome: 'new' },
      { id: documentId('2'), outcome: 'skipped' },
      { id: documentId('1'), outcome: 'changed' },
    ])
  })
})

async function publish(text: string): Promise<void> {
  const entry = { mapping: MAPPING, scope: '*' as const, text, cases: '', by: 'test', at: hub.clock.now() }
  await hub.store.mappings.publish(entry, 0)
  await hub.catalogue.refresh()
}

describe('whom a shadow run concerns', () => {
  beforeEach(async () => {
    await hub.receive(order('1'))
    await hub.receive(order('1'), { connection: 'globex-shop' })
    await hub.drain()
  })
  const changed = async (...of: Parameters<MappingHarness['shadow']>) =>
    (await hub.shadow(...of)).documents.map(({ id }) => id).sort()

  it.each([
    ['everybody, with a file for everybody', DOUBLED, {}, ['acme', 'globex']],
    ['the tenant of an overlay', overlay('tenant: globex'), {}, ['globex']],
    ['the connection of an overlay', overlay('connection: acme-shop'), {}, ['acme']],
    ['the connection that is asked for', DOUBLED, { connection: 'globex-shop' }, ['globex']],
    ['the tenant of who asks', DOUBLED, { tenant: 'acme' }, ['acme']],
    ['nobody, where both exclude each other', overlay('tenant: globex'), { tenant: 'acme' }, []],
  ])('is %s', async (_, text, over, tenants) =>
    expect(await changed(text, over)).toEqual(tenants.map(tenant => documentId('1', tenant))),
  )

  it.each(['acme-shop', 'globex-erp', 'none'])(
    'refuses a connection that the file is not for: %s',
    connection =>
      expect(hub.shadow(overlay('tenant: globex'), { connection })).rejects.toMatchObject({
        code: 'INPUT_INVALID',
      }),
  )

  it('refuses a mapping that is not there', () =>
    expect(hub.shadow(ORDER_MAP, { mapping: 'storefronts/shop/none' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    }))

  it('names the scope', async () =>
    expect((await hub.shadow(overlay('connection: acme-shop'))).scope).toBe('connection:acme-shop'))
})

describe('the bounds of a shadow run', () => {
  it('looks at the newest messages only, whatever their topic', async () => {
    for (const id of ['1', '2', '3', '4'])
      await hub.receive(order(id), { topic: Number(id) % 2 ? 'orders/create' : 'orders/updated' })
    await hub.drain()
    const report = await hub.shadow(DOUBLED, { last: 2 })
    expect(report.documents.map(({ number }) => number)).toEqual(['#4', '#3'])
    expect(report.messages).toBe(2)
  })

  it('keeps 500 documents and 50 differences of each, and counts the rest', async () => {
    const lines = Array.from({ length: 60 }, (_, at) => ({ sku: `S${at}`, price: '1' }))
    for (let id = 1; id <= 510; id++) await hub.receive(order(String(id), { lines: id === 510 ? lines : [] }))
    await hub.drain()
    const text = DOUBLED.replace('$money(price, "EUR")', '$moneyMultiply(price, 2, "EUR")')
    const report = await hub.shadow(text)
    expect(report).toMatchObject({ changed: 510, writes: 510, more: 10 })
    expect(report.documents).toHaveLength(500)
    expect(report.documents[0]).toMatchObject({ number: '#510', moreDifferences: 11 })
    expect(report.leaves).toEqual([
      { pointer: '/total', documents: 510 },
      { pointer: '/lines/*/price', documents: 1 },
    ])
  })

  it('tells how far it is, gives the process back between messages, and ends when nobody waits', async () => {
    for (const id of ['1', '2', '3', '4']) await hub.receive(order(id))
    await hub.drain()
    const gone = new AbortController()
    const seen: number[] = []
    let turns = 0
    const turn = (): void => {
      turns += 1
      if (!gone.signal.aborted) setImmediate(turn)
    }
    setImmediate(turn)
    const onProgress = (looked: number) => {
      seen.push(looked)
      if (looked === 3) gone.abort()
    }
    await expect(hub.shadow(DOUBLED, { signal: gone.signal, onProgress })).rejects.toThrow('aborted')
    expect(seen).toEqual([1, 2, 3])
    expect(turns).toBeGreaterThanOrEqual(2)
  })

  it('is refused with all problems of a file that does not compile', () =>
    expect(hub.shadow(ORDER_MAP.replace('$money(total', '$mony(totl'))).rejects.toMatchObject({
      code: 'MAPPINGS_BROKEN',
      problems: [expect.objectContaining({ code: 'FUNCTION_UNKNOWN', line: 11 })],
    }))
})
