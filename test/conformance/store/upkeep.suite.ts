import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { MessageState } from '#core/contracts/store.ts'
import type { Subject } from '../store.suite.ts'
import { attemptAt, claimOf, inTurn, key, MINUTE, message, T0, wanted } from './samples.ts'

export function upkeepSuite(subject: Subject): void {
  async function finish(id: string, state: MessageState, now = T0): Promise<void> {
    const { messages } = subject.store
    await messages.claim(id, claimOf('t', now))
    await messages.settle(id, 't', { state, documents: ['d1'], attempt: attemptAt(now) })
  }

  it('counts the backlog by place and state, each with its oldest', async () => {
    const { messages, deliveries, upkeep } = subject.store
    await inTurn([0, 1, 2], index => messages.insert(message(`m${index}`, { receivedAt: T0 + index })))
    await messages.insert(message('m3', { connection: 'market', receivedAt: T0 + 3 }))
    await finish('m0', 'dead')
    await deliveries.want(wanted('a'), T0 + 7)
    await deliveries.want(wanted('b'), T0 + 8)
    const { rows } = await upkeep.backlog()
    const order = (row: (typeof rows)[number]) => `${row.kind} ${row.connection} ${row.state}`
    expect(rows.toSorted((a, b) => order(a).localeCompare(order(b)))).toEqual([
      { kind: 'delivery', connection: 'erp', state: 'pending', count: 2, oldestAt: T0 + 7 },
      { kind: 'message', connection: 'market', state: 'pending', count: 1, oldestAt: T0 + 3 },
      { kind: 'message', connection: 'shop', state: 'dead', count: 1, oldestAt: T0 },
      { kind: 'message', connection: 'shop', state: 'pending', count: 2, oldestAt: T0 + 1 },
    ])
  })

  it('takes as the oldest delivery the one wanted longest, not the one known longest', async () => {
    const { deliveries, upkeep } = subject.store
    await deliveries.want(wanted('known-longest'), T0)
    await deliveries.want(wanted('wanted-longest'), T0 + 1)
    await deliveries.want(wanted('known-longest', { revision: 2 }), T0 + 9)
    expect((await upkeep.backlog()).rows).toMatchObject([{ count: 2, oldestAt: T0 + 1 }])
  })

  const acts = fc.array(
    fc.record({
      act: fc.constantFrom('insert', 'finish', 'fail', 'reopen', 'purge'),
      id: fc.integer({ min: 0, max: 5 }).map(index => `m${index}`),
    }),
    { maxLength: 25 },
  )

  it('counts right after any sequence of changes', async () => {
    const { messages, upkeep } = subject.store
    let now = T0
    const run: Record<string, (id: string) => Promise<unknown>> = {
      insert: id => messages.insert(message(id, { connection: `shop-${id}`, receivedAt: now })),
      finish: id => finish(id, 'done', now),
      fail: id => finish(id, 'dead', now),
      reopen: id => messages.reopen(id, now),
      purge: () => upkeep.purge('messages', now, 3),
    }
    await fc.assert(
      fc.asyncProperty(acts, async steps => {
        await inTurn(steps, ({ act, id }) => run[act]!(id).finally(() => now++))
        const { items, total } = await messages.list({}, { limit: 1_000 })
        const pending = items.filter(({ state }) => state === 'pending').length
        expect(await upkeep.pendingMessages()).toBe(pending)
        expect(total).toBe(items.length)
        const counted = (await upkeep.backlog()).rows.reduce((sum, { count }) => sum + count, 0)
        expect(counted).toBe(items.length)
      }),
      { numRuns: 15 },
    )
  })

  it('purges finished messages older than the given time, never those that someone still needs', async () => {
    const { messages, upkeep } = subject.store
    const states: MessageState[] = ['done', 'skipped', 'stale', 'discarded', 'dead', 'pending']
    await inTurn(states, async state => {
      await messages.insert(message(state))
      if (state !== 'pending') await finish(state, state)
    })
    await messages.insert(message('young', { receivedAt: T0 + MINUTE }))
    await finish('young', 'done', T0 + MINUTE)
    expect(await upkeep.purge('messages', T0 + MINUTE, 100)).toBe(4)
    const left = (await messages.list({})).items.map(({ id }) => id)
    expect(left.toSorted()).toEqual(['dead', 'pending', 'young'])
    expect((await messages.list({ document: 'd1' })).total).toBe(2)
    expect(await messages.insert(message('done'))).toBe('stored')
  })

  it('purges at most as many as it is told', async () => {
    const { messages, upkeep } = subject.store
    await Promise.all(
      Array.from({ length: 250 }, async (_, index) => {
        await messages.insert(message(`m${index}`))
        await finish(`m${index}`, 'done')
      }),
    )
    expect(await upkeep.purge('messages', T0 + 1, 240)).toBe(240)
    expect((await messages.list({})).total).toBe(10)
    expect(await upkeep.purge('messages', T0 + 1, 240)).toBe(10)
    expect(await upkeep.purge('messages', T0 + 1, 240)).toBe(0)
  })

  it('purges stats of minutes before the given time', async () => {
    const { stats, upkeep } = subject.store
    const bucket = (minute: number) => ({ minute, series: 's', counts: { done: 1 }, latency: [] })
    await stats.add([bucket(T0), bucket(T0 + MINUTE), bucket(T0 + 2 * MINUTE)])
    expect(await upkeep.purge('stats', T0 + 2 * MINUTE, 1)).toBe(1)
    expect(await upkeep.purge('stats', T0 + 2 * MINUTE, 10)).toBe(1)
    expect(await stats.read({ from: 0, to: T0 * 2 })).toEqual([bucket(T0 + 2 * MINUTE)])
  })

  it('purges keys that ended before the given time', async () => {
    const { keys, upkeep } = subject.store
    await keys.put(key('valid'))
    await keys.put(key('expired', { expiresAt: T0 + 1 }))
    await keys.put(key('expires-later', { expiresAt: T0 + MINUTE }))
    await keys.put(key('revoked', { expiresAt: T0 + 9 * MINUTE }))
    await keys.revoke('revoked', T0 + 1)
    expect(await upkeep.purge('keys', T0 + MINUTE, 10)).toBe(2)
    expect((await keys.list('api')).map(({ id }) => id).toSorted()).toEqual(['expires-later', 'valid'])
  })

  it('answers a ping', async () => {
    await expect(subject.store.upkeep.ping()).resolves.toBeUndefined()
  })
}
