import { describe, expect, it } from '@jest/globals'
import { type Clock, ManualClock } from '#core/kernel/clock.ts'
import { isBulk } from '#core/kernel/lane.ts'
import { createEmbeddedQueue } from '#core/queue/embedded/create-embedded-queue.ts'
import { HeldWork } from '../../conformance/queue/held-work.ts'

/** Counts the timers that are set and not yet over. */
class CountingClock implements Clock {
  readonly manual = new ManualClock()
  timers = 0

  now(): number {
    return this.manual.now()
  }

  timer(delayMs: number, callback: () => void): () => void {
    this.timers++
    const over = () => {
      this.timers--
    }
    const cancel = this.manual.timer(delayMs, () => {
      over()
      callback()
    })
    return () => {
      cancel()
      over()
    }
  }
}

describe('the embedded queue', () => {
  it('tells what a handler threw, with its topic and id', async () => {
    const clock = new ManualClock()
    const told: unknown[] = []
    const queue = createEmbeddedQueue({
      clock,
      onError: (error, job) => told.push([(error as Error).message, job]),
    })
    queue.consume('deliver', () => Promise.reject(new Error('broken')), { concurrency: 1 })
    await queue.enqueue('deliver', 'd1')
    await clock.advance(1)
    expect(told).toEqual([['broken', { topic: 'deliver', id: 'd1' }]])
    await queue.close()
  })

  it('keeps places free for orders while stock has all that it may take', async () => {
    const clock = new ManualClock()
    const queue = createEmbeddedQueue({ clock })
    const work = new HeldWork()
    queue.consume('translate', work.handler, { concurrency: 4 })
    for (let item = 0; item < 6; item++) await queue.enqueue('translate', `stock-${item}`, { priority: 20 })
    await clock.advance(1)
    expect(work.started).toEqual(['stock-0', 'stock-1', 'stock-2'])
    await queue.enqueue('translate', 'order', { priority: 10 })
    await clock.advance(1)
    expect(work.started).toContain('order')
    work.finishAll()
    await queue.close()
  })

  it('runs work in the lane of its priority', async () => {
    const clock = new ManualClock()
    const queue = createEmbeddedQueue({ clock })
    const lanes: Record<string, boolean> = {}
    const handler = async (id: string) => {
      lanes[id] = isBulk()
    }
    queue.consume('translate', handler, { concurrency: 4 })
    await queue.enqueue('translate', 'stock', { priority: 20 })
    await queue.enqueue('translate', 'order', { priority: 10 })
    await clock.advance(1)
    expect(lanes).toEqual({ stock: true, order: false })
    await queue.close()
  })

  it('has one timer however many jobs are delayed', async () => {
    const clock = new CountingClock()
    const queue = createEmbeddedQueue({ clock })
    const ran: string[] = []
    queue.consume('deliver', async id => void ran.push(id), { concurrency: 1 })
    for (let delay = 100; delay > 0; delay--) await queue.enqueue('deliver', `d${delay}`, { delay })
    await clock.manual.advance(0)
    expect(clock.timers).toBe(1)
    await clock.manual.advance(100)
    await clock.manual.advance(0)
    expect(ran).toEqual(Array.from({ length: 100 }, (_, index) => `d${index + 1}`))
    expect(clock.timers).toBe(0)
    await queue.close()
  })

  it('leaves no timer behind and takes nothing more once closed', async () => {
    const clock = new CountingClock()
    const queue = createEmbeddedQueue({ clock })
    await queue.enqueue('deliver', 'd1', { delay: 100 })
    await clock.manual.advance(0)
    await queue.close()
    await queue.enqueue('deliver', 'd2')
    expect([clock.timers, (await queue.stats()).topics.deliver]).toEqual([
      0,
      { waiting: 0, delayed: 0, running: 0 },
    ])
  })

  it('drops beyond its capacity and says so', async () => {
    const queue = createEmbeddedQueue({ clock: new ManualClock(), capacity: 2 })
    for (const id of ['a', 'b', 'c']) await queue.enqueue('translate', id)
    expect(await queue.stats()).toMatchObject({ dropped: 1, topics: { translate: { waiting: 2 } } })
  })
})
