import { expect, it } from '@jest/globals'
import type { Lesson, TakeRequest } from '#core/resilience/shared-state.ts'
import type { Subject } from '../shared-state.suite.ts'

const REF = { account: 'shopify:acme', bucket: 'points', capacity: 100, refillPerSecond: 10 }

export function bucketsSuite(subject: Subject): void {
  const take = (over: Partial<TakeRequest> = {}, at = subject.state) =>
    at.buckets.take({ ...REF, operation: 'orders', cost: 30, rank: 0, floor: 0, ...over })
  const learn = (over: Partial<Lesson>) =>
    subject.state.buckets.learn({ ...REF, operation: 'orders', taken: 30, ...over })
  /** Milliseconds that a call of this price would have to wait. */
  const waitOf = async (over: Partial<TakeRequest> = {}) => (await take(over)).waitMs

  it('pays until it is empty, then says when it can pay again, to every process', async () => {
    for (let call = 0; call < 3; call++) expect(await take()).toEqual({ waitMs: 0, cost: 30 })
    expect(await take({}, subject.other)).toEqual({ waitMs: 2_000, cost: 30 })
    subject.advance(1_999)
    expect(await waitOf()).toBe(1)
    subject.advance(1)
    expect(await waitOf()).toBe(0)
  })

  it('fills no further than its size', async () => {
    await take({ cost: 100 })
    subject.advance(3_600_000)
    await take({ cost: 100 })
    expect(await waitOf({ cost: 10 })).toBe(1_000)
  })

  it('pays a call that costs more than it holds when it is full, and is in debt afterwards', async () => {
    expect(await waitOf({ cost: 150 })).toBe(0)
    expect(await waitOf({ cost: 10 })).toBe(6_000)
  })

  it('never lets a lower rank take what is left for those before it', async () => {
    await take({ cost: 45 })
    expect(await waitOf({ cost: 20, rank: 3, floor: 0.4 })).toBe(500)
    expect(await waitOf({ cost: 20, rank: 1, floor: 0.1 })).toBe(0)
    expect(await waitOf({ cost: 35 })).toBe(0)
  })

  it('keeps lower ranks back while a higher one waits, so that small calls cannot starve a dear one', async () => {
    await take({ cost: 50 })
    expect(await waitOf({ cost: 80 })).toBe(3_000)
    expect(await waitOf({ cost: 1, rank: 3 })).toBeGreaterThanOrEqual(3_000)
    subject.advance(3_000)
    expect(await waitOf({ cost: 80 })).toBe(0)
    expect(await waitOf({ cost: 1, rank: 3 })).toBe(100)
  })

  it('waits no longer for a higher rank that did not come back', async () => {
    await take({ cost: 50 })
    await take({ cost: 60 })
    subject.advance(2_000)
    expect(await waitOf({ cost: 1, rank: 3 })).toBe(0)
  })

  it('takes the price that the partner named for the operation, and only for it', async () => {
    await learn({ price: 55 })
    expect(await take()).toEqual({ waitMs: 0, cost: 55 })
    expect(await take({ operation: 'other' })).toEqual({ waitMs: 0, cost: 30 })
  })

  it('gives back what the partner did not charge', async () => {
    await take({ cost: 100 })
    await learn({ taken: 100, charged: 20 })
    expect(await waitOf({ cost: 80 })).toBe(0)
    expect(await waitOf({ cost: 1 })).toBe(100)
  })

  it('never holds more than the partner says is left, because others use the account too', async () => {
    await learn({ available: 5 })
    expect(await waitOf()).toBe(2_500)
    await learn({ available: 90 })
    expect(await waitOf()).toBe(2_500)
  })

  it('takes over the real size and refill', async () => {
    await learn({ size: 1_000, refill: 100, available: 960 })
    expect(await waitOf({ cost: 960 })).toBe(0)
    expect(await waitOf({ cost: 100 })).toBe(1_000)
  })

  it('rests as long as the partner asks, and is empty then', async () => {
    await learn({ restMs: 4_000 })
    await learn({ restMs: 1_000 })
    expect(await waitOf({ cost: 10 })).toBe(4_000)
    subject.advance(4_000)
    expect(await waitOf({ cost: 40 })).toBe(0)
    expect(await waitOf({ cost: 1 })).toBe(100)
  })

  it('keeps accounts and buckets apart', async () => {
    await take({ cost: 100 })
    expect(await waitOf({ account: 'shopify:other', cost: 100 })).toBe(0)
    expect(await waitOf({ bucket: 'calls', cost: 100 })).toBe(0)
  })

  it('counts slow refills exactly', async () => {
    const slow = { bucket: 'slow', capacity: 1, refillPerSecond: 0.0056, cost: 1 }
    await take(slow)
    for (let second = 0; second < 178; second++) {
      subject.advance(1_000)
      expect(await waitOf(slow)).toBeGreaterThan(0)
    }
    subject.advance(1_000)
    expect(await waitOf(slow)).toBe(0)
  })

  it('never gives more than it has to many who ask at once', async () => {
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, at) => take({}, at % 2 ? subject.state : subject.other)),
    )
    expect(asked.filter(({ waitMs }) => waitMs === 0)).toHaveLength(3)
  })
}
