import { expect, it } from '@jest/globals'
import type { MessageFilter, NewMessage } from '#core/contracts/store.ts'
import type { Subject } from '../store.suite.ts'
import { attemptAt, claimOf, everyPage, inTurn, message, T0 } from './samples.ts'

export function messageRangesSuite(subject: Subject): void {
  const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id)
  const receive = (id: string, at: number, given: Partial<NewMessage> = {}) =>
    subject.store.messages.insert(message(id, { receivedAt: T0 + at, ...given }))

  it('takes the beginning in and leaves the end out', async () => {
    await inTurn([1, 2, 3, 4], at => receive(`m${at}`, at))
    const found = async (filter: MessageFilter) => {
      const { items, total } = await subject.store.messages.list(filter)
      expect(total).toBe(items.length)
      return ids(items)
    }
    expect(await found({ from: T0 + 2, to: T0 + 4 })).toEqual(['m3', 'm2'])
    expect(await found({ from: T0 + 3 })).toEqual(['m4', 'm3'])
    expect(await found({ to: T0 + 2 })).toEqual(['m1'])
    expect(await found({ from: T0 + 2, to: T0 + 2 })).toEqual([])
  })

  it('lists by time of receipt, then arrival, over all sources, page by page, each once', async () => {
    await receive('late', 9)
    await receive('d', 5, { topic: 'products/update' })
    await receive('b', 2, { connection: 'market' })
    await receive('a', 2)
    await receive('c', 5, { tenant: 'globex', connection: 'market' })
    await receive('early', 0)
    const pages = await everyPage(page => subject.store.messages.list({ from: T0 + 1, to: T0 + 6 }, page), 3)
    expect(pages.map(ids)).toEqual([['c', 'd', 'a'], ['b']])
  })

  it('goes on where it was under new inserts of the range', async () => {
    await inTurn([1, 2, 3, 4], at => receive(`m${at}`, at))
    const filter = { from: T0 + 1, to: T0 + 10, connection: 'shop' }
    const first = await subject.store.messages.list(filter, { limit: 2 })
    await receive('m5', 5)
    const second = await subject.store.messages.list(filter, { limit: 2, after: first.next! })
    expect([ids(first.items), ids(second.items)]).toEqual([
      ['m4', 'm3'],
      ['m2', 'm1'],
    ])
    expect([first.total, second.next]).toEqual([4, null])
  })

  it('joins with every other member of the filter', async () => {
    const { messages } = subject.store
    await receive('a', 1)
    await receive('b', 2, { tenant: 'globex', connection: 'market' })
    await receive('c', 3, { topic: 'products/update' })
    await receive('old', 0)
    await messages.claim('c', claimOf('t', T0 + 3))
    await messages.settle('c', 't', { state: 'done', documents: ['d1'], attempt: attemptAt(T0) })
    const expected: [MessageFilter, string[]][] = [
      [{}, ['c', 'b', 'a']],
      [{ tenant: 'globex' }, ['b']],
      [{ connection: 'shop' }, ['c', 'a']],
      [{ topic: 'orders/create' }, ['b', 'a']],
      [{ state: 'done' }, ['c']],
      [{ document: 'd1' }, ['c']],
      [{ document: 'd1', state: 'pending' }, []],
      [{ connection: 'shop', topic: 'orders/create', state: 'pending', tenant: 'acme' }, ['a']],
      [{ tenant: 'nobody' }, []],
    ]
    for (const [filter, found] of expected) {
      const page = await messages.list({ ...filter, from: T0 + 1 })
      expect([filter, ids(page.items), page.total]).toEqual([filter, found, found.length])
    }
  })

  it('refuses the cursor of a list without a range', async () => {
    await inTurn([1, 2], at => receive(`m${at}`, at))
    const { next } = await subject.store.messages.list({}, { limit: 1 })
    const list = subject.store.messages.list({ from: T0 }, { after: next! })
    await expect(list).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })
}
