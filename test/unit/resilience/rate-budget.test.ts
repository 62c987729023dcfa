import { beforeEach, describe, expect, it } from '@jest/globals'
import type { HubError } from '#core/errors/hub-error.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import { type BudgetCall, createRateBudget, type RateBudget, rankOf } from '#core/resilience/rate-budget.ts'
import type { Buckets } from '#core/resilience/shared-state.ts'

const CALL = {
  account: 'acme',
  bucket: 'calls',
  capacity: 10,
  refillPerSecond: 10,
  operation: 'get',
  cost: 5,
}

let clock: ManualClock
let budget: RateBudget
let asked: number
let granted: string[]

beforeEach(() => {
  clock = new ManualClock()
  asked = 0
  granted = []
  const { buckets } = createEmbeddedState(clock)
  const counted: Buckets = {
    learn: lesson => buckets.learn(lesson),
    take(request) {
      asked += 1
      return buckets.take(request)
    },
  }
  budget = createRateBudget({ buckets: counted, clock, random: () => 0 })
})

/** Notes the name once granted, or what stopped it. */
const take = (name: string, over: Partial<BudgetCall> = {}): Promise<unknown> =>
  budget.take({ ...CALL, priority: 10, ...over }).then(
    () => granted.push(name),
    (error: HubError) => granted.push(`${name}: ${error.code}`),
  )

describe('the rate budget', () => {
  it('grants in order of arrival, each as soon as it can be paid', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) void take(name)
    await clock.advance(0)
    expect(granted).toEqual(['a', 'b'])
    await clock.advance(499)
    expect(granted).toHaveLength(2)
    await clock.advance(1)
    expect(granted).toEqual(['a', 'b', 'c'])
    await clock.advance(1_000)
    expect(granted).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('asks once for each wait, however many wait', async () => {
    for (let waiter = 0; waiter < 100; waiter++) void take(`w${waiter}`)
    await clock.advance(1_000)
    expect(granted).toHaveLength(4)
    // Two at once, two after a wait, and the one that waits now.
    expect(asked).toBe(2 + 2 * 2 + 1)
  })

  it('lets orders pass a long line of backfill', async () => {
    for (let waiter = 0; waiter < 10; waiter++) void take(`backfill${waiter}`, { priority: 40 })
    await clock.advance(0)
    const before = granted.length
    void take('order', { priority: 10 })
    await clock.advance(0)
    expect(granted.slice(before)).toEqual(['order'])
  })

  it('gives up when it would wait longer than it has patience for, and says when to come again', async () => {
    await take('first', { cost: 10 })
    await expect(budget.take({ ...CALL, priority: 10, cost: 10, patienceMs: 999 })).rejects.toMatchObject({
      code: 'BUDGET_SPENT',
      recovery: 'wait',
      retryAfterMs: 1_000,
    })
  })

  it('gives up also while others are before it', async () => {
    await take('first', { cost: 10 })
    void take('second', { cost: 10, patienceMs: 60_000 })
    void take('third', { patienceMs: 500 })
    await clock.advance(500)
    expect(granted).toEqual(['first', 'third: BUDGET_SPENT'])
    await clock.advance(500)
    expect(granted.at(-1)).toBe('second')
  })

  it.each(['whose turn it is', 'behind another'])('stops a waiter %s when its signal aborts', async place => {
    const stop = new AbortController()
    await take('first', { cost: 10 })
    const mine = { signal: stop.signal }
    void take('a', place === 'behind another' ? {} : mine)
    void take('b', place === 'behind another' ? mine : {})
    await clock.advance(0)
    stop.abort()
    await clock.advance(1_000)
    const [stopped, other] = place === 'behind another' ? ['b', 'a'] : ['a', 'b']
    expect(granted).toEqual(['first', `${stopped}: SHUTDOWN`, other])
  })

  it('wakes who waits when a call turns out to cost less', async () => {
    await take('dear', { cost: 10 })
    void take('waiting', { cost: 8 })
    await clock.advance(10)
    await budget.learn({ ...CALL, taken: 10, charged: 1 })
    await clock.advance(0)
    expect(granted).toEqual(['dear', 'waiting'])
  })

  it('keeps accounts apart: one that is empty holds up no other', async () => {
    await take('first', { cost: 10 })
    void take('same', { cost: 10 })
    await take('other', { account: 'globex', cost: 10 })
    expect(granted).toEqual(['first', 'other'])
  })

  it.each([
    [0, 0],
    [12, 0],
    [20, 1],
    [30, 2],
    [40, 3],
  ])('gives work of priority %i the rank %i', (priority, rank) => expect(rankOf(priority)).toBe(rank))
})
