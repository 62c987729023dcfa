import { expect, it } from '@jest/globals'
import type { Subject } from '../store.suite.ts'
import { attemptAt, claimOf, inTurn, MINUTE, message, T0, wanted } from './samples.ts'

export function duesSuite(subject: Subject): void {
  const want = (id: string, given = {}, now = T0) => subject.store.deliveries.want(wanted(id, given), now)
  const due = async (now = T0 + MINUTE, limit = 100, except?: string[]) =>
    (await subject.store.upkeep.due('deliver', now, limit, except)).map(({ id }) => id)

  it('names the most urgent first, then what has been due longest, over all places', async () => {
    await want('late', {}, T0 + 2)
    await want('stock', { priority: 20 })
    await want('early', { destination: 'wms' }, T0 + 1)
    await want('first', {}, T0)
    await want('backfill', { priority: 40, destination: 'wms' })
    expect(await due()).toEqual(['first', 'early', 'late', 'stock', 'backfill'])
    expect(await due(T0 + MINUTE, 2)).toEqual(['first', 'early'])
    expect(await subject.store.upkeep.due('deliver', T0, 1)).toEqual([
      { id: 'first', priority: 10, claims: 0 },
    ])
  })

  it('names only what is due, unclaimed and unfinished', async () => {
    const { deliveries } = subject.store
    await inTurn(['claimed', 'later', 'dead', 'due'], id => want(id))
    await want('future', {}, T0 + 10 * MINUTE)
    await deliveries.claim('claimed', claimOf('t', T0, T0 + 5 * MINUTE))
    const outcomes = {
      later: { state: 'pending', nextAt: T0 + 3 * MINUTE },
      dead: { state: 'dead' },
    } as const
    await inTurn(['later', 'dead'] as const, async id => {
      await deliveries.claim(id, claimOf('t'))
      await deliveries.settle(id, 't', { ...outcomes[id], attempt: attemptAt(T0) })
    })
    expect(await due(T0 + MINUTE)).toEqual(['due'])
    expect((await due(T0 + 3 * MINUTE)).toSorted()).toEqual(['due', 'later'])
  })

  it('names work whose claim lapsed, with the count of its unsettled claims', async () => {
    const { messages, upkeep } = subject.store
    await messages.insert(message('m1'))
    await messages.claim('m1', claimOf('a', T0, T0 + MINUTE))
    expect(await upkeep.due('translate', T0 + MINUTE - 1, 10)).toEqual([])
    expect(await upkeep.due('translate', T0 + MINUTE, 10)).toEqual([{ id: 'm1', priority: 10, claims: 1 }])
  })

  it('names a confirmed delivery again when it is about to lapse, confirmed all the while', async () => {
    const { deliveries, upkeep } = subject.store
    await want('a')
    await want('b', { destination: 'elsewhere' })
    await deliveries.claim('a', claimOf('t'))
    const confirmed = { state: 'confirmed' as const, revision: 1, attempt: attemptAt(T0) }
    await deliveries.settle('a', 't', { ...confirmed, nextAt: T0 + 10 * MINUTE })
    await deliveries.claim('b', claimOf('t'))
    await deliveries.settle('b', 't', confirmed)
    expect(await deliveries.get('a')).toMatchObject({ state: 'confirmed', nextAt: T0 + 10 * MINUTE })
    expect([await due(T0 + 9 * MINUTE), await upkeep.nextDue('deliver', T0)]).toEqual([[], T0 + 10 * MINUTE])
    expect(await due(T0 + 10 * MINUTE)).toEqual(['a'])
    expect(await deliveries.claim('a', claimOf('u', T0 + 9 * MINUTE))).toBeNull()
    const later = T0 + 10 * MINUTE
    expect(await deliveries.claim('a', claimOf('u', later))).toMatchObject({
      state: 'confirmed',
      wantedAt: later,
    })
    expect((await deliveries.list({ state: 'confirmed' })).total).toBe(2)
    await deliveries.settle('a', 'u', confirmed)
    expect([await due(T0 + 60 * MINUTE), await upkeep.nextDue('deliver', T0)]).toEqual([[], null])
    expect((await deliveries.get('a'))!.state).toBe('confirmed')
  })

  it('names a waiting delivery once its time has come', async () => {
    await want('a')
    await subject.store.deliveries.claim('a', claimOf('t'))
    const waiting = {
      state: 'waiting' as const,
      waitsFor: 'order:1',
      nextAt: T0 + MINUTE,
      attempt: attemptAt(T0),
    }
    await subject.store.deliveries.settle('a', 't', waiting)
    expect(await due(T0 + MINUTE - 1)).toEqual([])
    expect(await due(T0 + MINUTE)).toEqual(['a'])
    expect(await subject.store.upkeep.nextDue('deliver', T0)).toBe(T0 + MINUTE)
  })

  it('leaves out places that rest, however much waits there', async () => {
    await Promise.all(
      Array.from({ length: 300 }, (_, index) => want(`dead-${index}`, { destination: 'dead' })),
    )
    await want('alive', { priority: 30 }, T0 + 1)
    expect(await due(T0 + MINUTE, 10, ['dead'])).toEqual(['alive'])
    expect(await due(T0 + MINUTE, 1_000, ['dead', 'erp'])).toEqual([])
    expect(await due(T0 + MINUTE, 1_000)).toHaveLength(301)
  })

  it('tells live messages from a backfill, and keeps the priority a message was given', async () => {
    const { messages, upkeep } = subject.store
    await messages.insert(message('history', { via: 'backfill' }))
    await messages.insert(message('stock', { priority: 20 }))
    await messages.insert(message('order', { receivedAt: T0 + 5 }))
    const found = await upkeep.due('translate', T0 + MINUTE, 10)
    expect(found.map(({ id, priority }) => [id, priority])).toEqual([
      ['order', 10],
      ['stock', 20],
      ['history', 40],
    ])
    expect(await upkeep.due('translate', T0 + MINUTE, 10, ['shop'])).toEqual([])
  })

  it('tells the earliest time after now at which something becomes due, or null', async () => {
    const { messages, upkeep } = subject.store
    expect(await upkeep.nextDue('translate', T0)).toBeNull()
    await messages.insert(message('m1', { receivedAt: T0 - 5 }))
    expect(await upkeep.nextDue('translate', T0)).toBeNull()
    await messages.insert(message('m2', { receivedAt: T0 + 2 * MINUTE }))
    await messages.insert(
      message('m3', { receivedAt: T0 + 3 * MINUTE, via: 'backfill', connection: 'other' }),
    )
    expect(await upkeep.nextDue('translate', T0)).toBe(T0 + 2 * MINUTE)
    expect(await upkeep.nextDue('translate', T0 + 2 * MINUTE)).toBe(T0 + 3 * MINUTE)
    await messages.claim('m1', claimOf('t', T0, T0 + MINUTE))
    expect(await upkeep.nextDue('translate', T0)).toBe(T0 + MINUTE)
    expect(await upkeep.nextDue('deliver', T0)).toBeNull()
  })

  it('reads a long queue in the order of its times', async () => {
    const minutes = Array.from({ length: 200 }, (_, index) => (index * 37) % 200)
    await Promise.all(minutes.map(at => want(`d${at}`, {}, T0 + at)))
    expect(await due(T0 + MINUTE, 150)).toEqual(Array.from({ length: 150 }, (_, index) => `d${index}`))
  })
}
