import { expect, it } from '@jest/globals'
import type {
  DeadLetterFilter,
  DeliveryFilter,
  DocumentFilter,
  MessageFilter,
} from '#core/contracts/store.ts'
import type { Subject } from '../store.suite.ts'
import { attemptAt, candidate, claimOf, everyPage, inTurn, letter, message, T0, wanted } from './samples.ts'

export function listsSuite(subject: Subject): void {
  const ids = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id)
  const numbered = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`)

  it('lists newest first, page by page, each record once', async () => {
    const { messages } = subject.store
    await inTurn(numbered(7), id => messages.insert(message(id, { connection: `shop-${id.slice(1)}` })))
    const pages = await everyPage(page => messages.list({}, page), 3)
    expect(pages.map(page => page.map(({ id }) => id))).toEqual([
      ['m6', 'm5', 'm4'],
      ['m3', 'm2', 'm1'],
      ['m0'],
    ])
  })

  it.each([[{}], [{ state: 'pending' as const }], [{ tenant: 'acme', topic: 'orders/create' }]])(
    'goes on where it was under new inserts, with the filter %j',
    async filter => {
      const { messages } = subject.store
      const insert = (id: string) =>
        messages.insert(message(id, { connection: `shop-${Number(id.slice(1)) % 3}` }))
      await inTurn(numbered(6), insert)
      const first = await messages.list(filter, { limit: 2 })
      await inTurn(['m6', 'm7'], insert)
      const second = await messages.list(filter, { limit: 2, after: first.next! })
      const third = await messages.list(filter, { limit: 2, after: second.next! })
      expect([first, second, third].map(ids)).toEqual([
        ['m5', 'm4'],
        ['m3', 'm2'],
        ['m1', 'm0'],
      ])
      expect(third).toMatchObject({ next: null, total: 8 })
    },
  )

  it('gives 50 a page unless told, at most 1 000, at least 1', async () => {
    const { messages } = subject.store
    await Promise.all(numbered(1_001).map(id => messages.insert(message(id))))
    const lengths = await Promise.all(
      [undefined, 5_000, 0].map(async limit => (await messages.list({}, { limit })).items.length),
    )
    expect(lengths).toEqual([50, 1_000, 1])
  })

  it('refuses a cursor that is not one of its own', async () => {
    const list = subject.store.messages.list({}, { after: 'nonsense' })
    await expect(list).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  it('leaves bodies and headers out of lists of messages', async () => {
    await subject.store.messages.insert(message('m1', { body: Buffer.alloc(3_000) }))
    const [item] = (await subject.store.messages.list({})).items
    expect(item).toMatchObject({ id: 'm1', bytes: 3_000, edited: false, state: 'pending' })
    expect(item).not.toHaveProperty('body')
    expect(item).not.toHaveProperty('headers')
  })

  it('filters messages by every member and by several', async () => {
    const { messages } = subject.store
    await messages.insert(message('a'))
    await messages.insert(message('b', { tenant: 'globex', connection: 'market' }))
    await messages.insert(message('c', { topic: 'products/update' }))
    await messages.claim('c', claimOf('t'))
    await messages.settle('c', 't', { state: 'done', documents: ['d1'], attempt: attemptAt(T0) })
    const expected: [MessageFilter, string[]][] = [
      [{ tenant: 'globex' }, ['b']],
      [{ connection: 'shop' }, ['c', 'a']],
      [{ topic: 'orders/create' }, ['b', 'a']],
      [{ state: 'done' }, ['c']],
      [{ document: 'd1' }, ['c']],
      [{ connection: 'shop', state: 'pending' }, ['a']],
      [{ document: 'd1', state: 'pending' }, []],
      [{ tenant: 'nobody' }, []],
    ]
    for (const [filter, found] of expected) {
      const page = await messages.list(filter)
      expect([filter, ids(page), page.total]).toEqual([filter, found, found.length])
    }
  })

  it('filters deliveries by every member and by several', async () => {
    const { deliveries } = subject.store
    await deliveries.want(wanted('a'), T0)
    await deliveries.want(wanted('b', { tenant: 'globex', source: 'market', destination: 'wms' }), T0)
    await deliveries.want(wanted('c', { resource: 'product', document: 'd1' }), T0)
    await deliveries.claim('c', claimOf('t'))
    await deliveries.settle('c', 't', { state: 'dead', attempt: attemptAt(T0) })
    const expected: [DeliveryFilter, string[]][] = [
      [{ tenant: 'globex' }, ['b']],
      [{ source: 'shop' }, ['c', 'a']],
      [{ destination: 'wms' }, ['b']],
      [{ resource: 'product' }, ['c']],
      [{ state: 'pending' }, ['b', 'a']],
      [{ document: 'd1' }, ['c']],
      [{ destination: 'erp', state: 'dead', resource: 'product' }, ['c']],
      [{ document: 'd1', state: 'pending' }, []],
    ]
    for (const [filter, found] of expected) {
      const page = await deliveries.list(filter)
      expect([filter, ids(page), page.total]).toEqual([filter, found, found.length])
    }
  })

  it('filters documents by every member', async () => {
    const { documents } = subject.store
    await documents.upsert(candidate('1', { number: '#1' }), T0)
    await documents.upsert(candidate('2', { tenant: 'globex', connection: 'market' }), T0)
    await documents.upsert(candidate('3', { resource: 'product' }), T0)
    const expected: [DocumentFilter, string[]][] = [
      [{}, ['3', '2', '1']],
      [{ tenant: 'globex' }, ['2']],
      [{ connection: 'shop' }, ['3', '1']],
      [{ resource: 'product' }, ['3']],
      [{ externalId: '2' }, ['2']],
      [{ number: '#1', resource: 'order' }, ['1']],
      [{ number: '#1', resource: 'product' }, []],
    ]
    for (const [filter, found] of expected) {
      const page = await documents.list(filter)
      const external = page.items.map(item => item.externalId)
      expect([filter, external, page.total]).toEqual([filter, found, found.length])
    }
  })

  it('filters dead letters by every member', async () => {
    const { deadLetters } = subject.store
    await deadLetters.open(letter('a'))
    await deadLetters.open(letter('b', { tenant: 'globex', connection: 'market', kind: 'delivery' }))
    await deadLetters.open(letter('c', { cause: 'cause-2', code: 'MAPPING_TYPE', document: 'd1' }))
    await deadLetters.close('letter-c', 'resolved', 'key-1', T0)
    const expected: [DeadLetterFilter, string[]][] = [
      [{}, ['c', 'b', 'a']],
      [{ tenant: 'globex' }, ['b']],
      [{ connection: 'shop' }, ['c', 'a']],
      [{ cause: 'cause-1' }, ['b', 'a']],
      [{ code: 'MAPPING_TYPE' }, ['c']],
      [{ kind: 'delivery' }, ['b']],
      [{ state: 'open', connection: 'shop' }, ['a']],
      [{ document: 'd1' }, ['c']],
    ]
    for (const [filter, found] of expected) {
      const page = await deadLetters.list(filter)
      expect([filter, page.items.map(item => item.subject), page.total]).toEqual([
        filter,
        found,
        found.length,
      ])
    }
  })
}
