import { expect, it } from '@jest/globals'
import type { Subject } from '../store.suite.ts'
import { everyPage, inTurn, letter, MINUTE, T0 } from './samples.ts'

export function deadLettersSuite(subject: Subject): void {
  const open = (subjectId: string, given = {}) => subject.store.deadLetters.open(letter(subjectId, given))

  it('opens one letter per subject and gives it back whole', async () => {
    const { deadLetters } = subject.store
    const opened = {
      ...letter('m1', { resource: 'order', document: 'd1' }),
      state: 'open',
      times: 1,
      openedAt: T0,
    }
    expect(await open('m1', { resource: 'order', document: 'd1' })).toEqual(opened)
    expect(await deadLetters.get('letter-m1')).toEqual(opened)
    expect(await deadLetters.get('none')).toBeNull()
  })

  it('reopens and recounts the letter when its subject is parked again, with what is wrong now', async () => {
    const { deadLetters } = subject.store
    await open('m1', { document: 'd1' })
    await deadLetters.close('letter-m1', 'resolved', 'key-1', T0 + 1, 'fixed at the channel')
    const again = await open('m1', { at: T0 + 9, code: 'MAPPING_TYPE', cause: 'cause-2' })
    expect(again).toEqual({
      ...letter('m1', { at: T0 + 9, code: 'MAPPING_TYPE', cause: 'cause-2' }),
      state: 'open',
      times: 2,
      openedAt: T0,
    })
    expect(await deadLetters.get('letter-m1')).toEqual(again)
  })

  it('counts a parking that is told twice once', async () => {
    await open('m1')
    expect((await open('m1')).times).toBe(1)
    expect((await open('m1', { at: T0 + 1 })).times).toBe(2)
  })

  it('closes with who, when and why', async () => {
    const { deadLetters } = subject.store
    await open('m1')
    expect(await deadLetters.close('letter-m1', 'discarded', 'key-1', T0 + 7, 'test order')).toBe(true)
    expect(await deadLetters.get('letter-m1')).toMatchObject({
      state: 'discarded',
      closedBy: 'key-1',
      closedAt: T0 + 7,
      closeReason: 'test order',
    })
  })

  it.each([
    ['open', 'replayed', true],
    ['open', 'resolved', true],
    ['open', 'discarded', true],
    ['replayed', 'replayed', false],
    ['replayed', 'resolved', true],
    ['replayed', 'discarded', true],
    ['resolved', 'replayed', false],
    ['resolved', 'resolved', false],
    ['discarded', 'resolved', false],
    ['discarded', 'discarded', false],
  ] as const)('from %s to %s: %s', async (from, to, allowed) => {
    const { deadLetters } = subject.store
    await open('m1')
    if (from !== 'open') await deadLetters.close('letter-m1', from, 'key-1', T0)
    expect(await deadLetters.close('letter-m1', to, 'key-2', T0 + 1)).toBe(allowed)
    expect((await deadLetters.get('letter-m1'))!.state).toBe(allowed ? to : from)
  })

  it('does not close a letter that there is not', async () => {
    expect(await subject.store.deadLetters.close('none', 'resolved', 'key-1', T0)).toBe(false)
  })

  const held = { rule: 'fraud', owner: 'finance', dueAt: T0 + MINUTE, escalateTo: 'head' }

  it('names what is overdue, earliest first, until it is escalated or closed', async () => {
    const { deadLetters } = subject.store
    await open('m1', { ...held, dueAt: T0 + 2 })
    await open('m2', { ...held, dueAt: T0 + 1 })
    await open('m3', { ...held, dueAt: T0 + 3 })
    await open('m4', { ...held, dueAt: T0 + 1 })
    await open('m5')
    await deadLetters.close('letter-m4', 'resolved', 'system', T0)
    const due = async (now: number) => (await deadLetters.due(now, 10)).map(({ subject: id }) => id)
    expect([await due(T0), await due(T0 + 2), await due(T0 + 9)]).toEqual([
      [],
      ['m2', 'm1'],
      ['m2', 'm1', 'm3'],
    ])
    await deadLetters.escalate('letter-m2', T0 + 9)
    expect([await due(T0 + 9), (await deadLetters.due(T0 + 9, 1)).length]).toEqual([['m1', 'm3'], 1])
  })

  it('is escalated by one of many that try, and not before its time', async () => {
    const { deadLetters } = subject.store
    const opened = await open('m1', held)
    expect(await deadLetters.escalate('letter-m1', T0 + MINUTE - 1)).toBeNull()
    const now = T0 + MINUTE
    const tried = await Promise.all([1, 2, 3].map(() => deadLetters.escalate('letter-m1', now)))
    expect(tried.filter(one => one !== null)).toEqual([{ ...opened, owner: 'head', escalatedAt: now }])
    expect((await deadLetters.list({ owner: 'head' })).items).toEqual(tried.filter(one => one !== null))
    expect((await deadLetters.list({ owner: 'finance' })).total).toBe(0)
    const since = async (escalatedSince: number) => (await deadLetters.list({ escalatedSince })).total
    expect([await since(0), await since(now), await since(now + 1)]).toEqual([1, 1, 0])
    expect(await deadLetters.escalate('none', now)).toBeNull()
  })

  it('keeps its time and its escalation while the same cause holds, and begins anew with another', async () => {
    const { deadLetters } = subject.store
    await open('m1', held)
    await deadLetters.escalate('letter-m1', T0 + MINUTE)
    const later = { at: T0 + 2 * MINUTE, dueAt: T0 + 9 * MINUTE }
    const kept = { owner: 'head', dueAt: held.dueAt, escalatedAt: T0 + MINUTE }
    expect(await open('m1', { ...held, ...later })).toMatchObject({ ...kept, times: 2 })
    await deadLetters.close('letter-m1', 'replayed', 'key-1', T0 + 3 * MINUTE)
    expect(await open('m1', { ...held, ...later, at: T0 + 4 * MINUTE })).toMatchObject(kept)
    const other = await open('m1', { ...held, ...later, at: T0 + 5 * MINUTE, cause: 'other' })
    expect(other).toMatchObject({ owner: 'finance', dueAt: later.dueAt })
    expect(other).not.toHaveProperty('escalatedAt')
    const handed = { ...held, ...later, at: T0 + 5 * MINUTE + 1, cause: 'other', owner: 'treasury' }
    expect(await open('m1', { ...handed, dueAt: T0 })).toMatchObject({
      ...{ owner: 'treasury', dueAt: later.dueAt },
    })
    await deadLetters.close('letter-m1', 'resolved', 'system', T0 + 6 * MINUTE)
    const again = await open('m1', { ...held, at: T0 + 7 * MINUTE, dueAt: T0 + 99 * MINUTE, cause: 'other' })
    expect(again).toMatchObject({ owner: 'finance', dueAt: T0 + 99 * MINUTE })
  })

  async function threeCauses(): Promise<void> {
    await open('m1', { cause: 'old', at: T0, connection: 'shop-1', resource: 'order', title: 'first title' })
    await open('m2', {
      cause: 'old',
      at: T0 + 4,
      connection: 'shop-2',
      resource: 'product',
      title: 'newest title',
    })
    await open('m3', { cause: 'old', at: T0 + 2, connection: 'shop-1', resource: 'order' })
    await open('m4', { cause: 'new', at: T0 + 9, code: 'MAPPING_TYPE', kind: 'delivery', document: 'd4' })
    await open('m5', { cause: 'other-tenant', at: T0 + 1, tenant: 'globex' })
    await subject.store.deadLetters.close('letter-m3', 'replayed', 'key-1', T0 + 5)
  }

  it('groups letters by cause, newest first, with code, title and sample of the newest letter', async () => {
    await threeCauses()
    const { items, total } = await subject.store.deadLetters.causes({})
    expect(total).toBe(3)
    expect(items.map(item => item.cause)).toEqual(['new', 'old', 'other-tenant'])
    const old = items[1]!
    expect(old).toMatchObject({
      ...{ code: 'MAPPING_MISSING', title: 'newest title', sample: 'letter-m2' },
      ...{ open: 2, total: 3, firstAt: T0, lastAt: T0 + 4 },
    })
    expect(old.connections.toSorted()).toEqual(['shop-1', 'shop-2'])
    expect(old.resources.toSorted()).toEqual(['order', 'product'])
    expect(items[0]).toMatchObject({ connections: ['shop'], resources: [] })
  })

  it('groups only the letters that the filter leaves', async () => {
    await threeCauses()
    const { deadLetters } = subject.store
    const causes = async (filter: object) => (await deadLetters.causes(filter)).items
    expect(await causes({ tenant: 'globex' })).toMatchObject([{ cause: 'other-tenant', total: 1 }])
    expect(await causes({ connection: 'shop-1', state: 'open' })).toMatchObject([
      { cause: 'old', total: 1, open: 1 },
    ])
    expect(await causes({ kind: 'delivery' })).toMatchObject([{ cause: 'new' }])
    expect(await causes({ code: 'CRASH_LOOP' })).toEqual([])
  })

  it('pages causes, ties included', async () => {
    await inTurn([1, 2, 3, 4, 5, 6, 7], index =>
      open(`m${index}`, { cause: `cause-${index}`, at: T0 + (index % 2) }),
    )
    const pages = await everyPage(page => subject.store.deadLetters.causes({}, page), 2)
    const causes = pages.flat().map(item => item.cause)
    expect(pages.map(page => page.length)).toEqual([2, 2, 2, 1])
    expect(new Set(causes).size).toBe(7)
    expect(pages.flat().map(item => item.lastAt)).toEqual(
      pages
        .flat()
        .map(item => item.lastAt)
        .toSorted((a, b) => b - a),
    )
  })
}
