import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Consumer, Queue } from '#core/contracts/queue.ts'
import { HeldWork } from './queue/held-work.ts'

export interface QueueHarness {
  name: string
  /** A queue without jobs and consumers. */
  open(): Promise<Queue>
  /** Resolves when every job that may start now has started and what ended has been noticed. */
  settle(): Promise<void>
  /** Lets so much time pass for the queue, then settles. */
  advance(ms: number): Promise<void>
  close(queue: Queue): Promise<void>
}

/** A delay and two steps of time that no driver's own latency blurs. */
const DELAY = 400
const WELL_BEFORE = 100
const WELL_AFTER = 600

/** Every promise of `core/contracts/queue.ts`, for any driver. */
export function queueSuite(harness: QueueHarness): void {
  describe(`the ${harness.name} queue`, () => {
    let queue: Queue
    let work: HeldWork

    beforeEach(async () => {
      queue = await harness.open()
      work = new HeldWork()
    })
    afterEach(async () => {
      work.finishAll()
      await harness.close(queue)
    })

    const consume = (concurrency = 1): Consumer => queue.consume('translate', work.handler, { concurrency })
    const enqueue = (id: string, priority?: number, delay?: number) =>
      queue.enqueue('translate', id, { priority, delay })

    /** Lets all work run as it comes, until nothing is left. */
    async function runAll(): Promise<string[]> {
      work.finishAll()
      await harness.settle()
      return work.started
    }

    it('runs what was enqueued before and after the consumer came', async () => {
      await enqueue('before')
      consume()
      await enqueue('after')
      expect(await runAll()).toEqual(['before', 'after'])
    })

    it('keeps topics apart', async () => {
      consume()
      await queue.enqueue('deliver', 'd1')
      await queue.enqueue('publish', 'p1')
      await enqueue('t1')
      expect(await runAll()).toEqual(['t1'])
      const { deliver, publish } = (await queue.stats()).topics
      expect([deliver.waiting, publish.waiting]).toEqual([1, 1])
    })

    it('runs each of many jobs once', async () => {
      const ids = Array.from({ length: 300 }, (_, index) => `m${index}`)
      consume(8)
      await Promise.all(ids.map(id => enqueue(id)))
      expect((await runAll()).toSorted()).toEqual(ids.toSorted())
    })

    it('starts the more urgent first, equals in order of arrival', async () => {
      await queue.pause('translate')
      consume()
      for (const [id, priority] of [
        ['b1', 40],
        ['a1', 10],
        ['b2', 40],
        ['a2', 10],
        ['c', 20],
      ] as const)
        await enqueue(id, priority)
      await queue.resume('translate')
      expect(await runAll()).toEqual(['a1', 'a2', 'c', 'b1', 'b2'])
    })

    it('is one job for an id that waits, at the more urgent priority', async () => {
      await queue.pause('translate')
      consume()
      for (const [id, priority] of [
        ['a', 40],
        ['b', 20],
        ['a', 10],
        ['a', 30],
      ] as const)
        await enqueue(id, priority)
      expect((await queue.stats()).topics.translate.waiting).toBe(2)
      await queue.resume('translate')
      expect(await runAll()).toEqual(['a', 'b'])
    })

    it('starts nothing before its delay has passed', async () => {
      consume()
      await enqueue('late', 10, DELAY)
      await harness.advance(WELL_BEFORE)
      expect(work.started).toEqual([])
      expect((await queue.stats()).topics.translate).toMatchObject({ waiting: 0, delayed: 1 })
      await harness.advance(WELL_AFTER)
      expect(work.started).toEqual(['late'])
    })

    it('brings a delayed job forward when it is wanted earlier', async () => {
      consume()
      await enqueue('a', 10, DELAY)
      await enqueue('a')
      await harness.settle()
      expect(work.started).toEqual(['a'])
      expect((await queue.stats()).topics.translate.delayed).toBe(0)
    })

    it('starts a delayed job at the earlier of two times', async () => {
      consume()
      await enqueue('a', 10, DELAY)
      await enqueue('a', 10, 100 * DELAY)
      await harness.advance(WELL_AFTER)
      expect(work.started).toEqual(['a'])
    })

    it('does not put off a job that waits when it is wanted later', async () => {
      await queue.pause('translate')
      consume()
      await enqueue('a')
      await enqueue('a', 10, DELAY)
      await queue.resume('translate')
      await harness.settle()
      expect(work.started).toEqual(['a'])
    })

    it('runs an id that is enqueued while it runs once more afterwards', async () => {
      consume(4)
      await enqueue('a')
      await harness.settle()
      await enqueue('a')
      await enqueue('a')
      await harness.settle()
      expect(work.started).toEqual(['a'])
      work.finish('a')
      await harness.settle()
      expect(work.started).toEqual(['a', 'a'])
      work.finish('a')
      await harness.settle()
      expect(work.started).toEqual(['a', 'a'])
      expect((await queue.stats()).topics.translate).toEqual({ waiting: 0, delayed: 0, running: 0 })
    })

    it('waits with the second run as long as it was told', async () => {
      consume()
      await enqueue('a')
      await harness.settle()
      await enqueue('a', 10, DELAY)
      work.finish('a')
      await harness.advance(WELL_BEFORE)
      expect(work.started).toEqual(['a'])
      await harness.advance(WELL_AFTER)
      expect(work.started).toEqual(['a', 'a'])
    })

    it('runs at most as many at once as the consumer takes', async () => {
      consume(3)
      for (const id of ['a', 'b', 'c', 'd', 'e']) await enqueue(id)
      await harness.settle()
      expect(work.running).toEqual(['a', 'b', 'c'])
      expect((await queue.stats()).topics.translate).toEqual({ waiting: 2, delayed: 0, running: 3 })
      work.finish('b')
      await harness.settle()
      expect(work.running).toEqual(['a', 'c', 'd'])
    })

    it('ends the job of a handler that throws, and goes on with the next', async () => {
      const seen: string[] = []
      const failing = async (id: string) => {
        seen.push(id)
        throw new Error('broken')
      }
      queue.consume('translate', failing, { concurrency: 1 })
      await enqueue('a')
      await enqueue('b')
      await harness.settle()
      await enqueue('a')
      await harness.settle()
      expect(seen).toEqual(['a', 'b', 'a'])
    })

    it('starts nothing while paused; what runs goes on', async () => {
      consume(2)
      await enqueue('running')
      await harness.settle()
      await queue.pause('translate')
      await enqueue('waiting')
      await harness.settle()
      expect(work.running).toEqual(['running'])
      work.finish('running')
      await harness.settle()
      expect(work.started).toEqual(['running'])
      await queue.resume('translate')
      await harness.settle()
      expect(work.running).toEqual(['waiting'])
    })

    it('stops: tells what runs, waits for it and takes nothing new', async () => {
      const consumer = consume()
      await enqueue('a')
      await enqueue('b')
      await harness.settle()
      let stopped = false
      const stopping = consumer.stop().then(() => {
        stopped = true
      })
      await harness.settle()
      expect([work.signalOf('a').aborted, stopped]).toEqual([true, false])
      work.finish('a')
      await stopping
      await harness.settle()
      expect(work.started).toEqual(['a'])
      consume()
      await harness.settle()
      expect(work.started).toEqual(['a', 'b'])
    })

    it('closes after what runs has ended', async () => {
      consume()
      await enqueue('a')
      await enqueue('b')
      await harness.settle()
      let closed = false
      const closing = queue.close().then(() => {
        closed = true
      })
      await harness.settle()
      expect([work.signalOf('a').aborted, closed]).toEqual([true, false])
      work.finish('a')
      await closing
      expect(work.started).toEqual(['a'])
    })

    it('says that it is there', async () => {
      await expect(queue.ping()).resolves.toBeUndefined()
    })

    it('has dropped nothing', async () => {
      await enqueue('a')
      expect((await queue.stats()).dropped).toBe(0)
    })
  })
}
