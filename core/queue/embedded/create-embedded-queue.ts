import type { Consumer, EnqueueOptions, Handler, Queue, Topic } from '../../contracts/queue.ts'
import type { Clock } from '../../kernel/clock.ts'
import { Scheduler } from './scheduler.ts'

export interface EmbeddedQueueOptions {
  clock: Clock
  /** Jobs of one topic that wait or are delayed; beyond it jobs are dropped, and the sweeper finds their work again. */
  capacity?: number
  /** Told what a handler threw: its job has ended all the same. */
  onError?: (error: unknown, job: { topic: Topic; id: string }) => void
}

const DEFAULT_CAPACITY = 20_000

/** In `publish` is nothing but bulk. */
const RESERVED: Readonly<Record<Topic, number>> = { translate: 0.25, deliver: 0.25, publish: 0 }

/** The queue inside the process: nothing on disk, bounded memory, one timer. */
export function createEmbeddedQueue({
  clock,
  capacity = DEFAULT_CAPACITY,
  onError,
}: EmbeddedQueueOptions): Queue {
  const scheduler = (topic: Topic) =>
    new Scheduler({
      ...{ clock, capacity, reserved: RESERVED[topic] },
      onError: (error, id) => onError?.(error, { topic, id }),
    })
  const topics: Record<Topic, Scheduler> = {
    translate: scheduler('translate'),
    deliver: scheduler('deliver'),
    publish: scheduler('publish'),
  }

  return {
    async enqueue(topic: Topic, id: string, options?: EnqueueOptions) {
      topics[topic].enqueue(id, options)
    },
    consume: (topic: Topic, handler: Handler, { concurrency }): Consumer =>
      topics[topic].consume(handler, concurrency),
    async stats() {
      const { translate, deliver, publish } = topics
      return {
        topics: {
          translate: translate.counts(),
          deliver: deliver.counts(),
          publish: publish.counts(),
        },
        dropped: translate.dropped + deliver.dropped + publish.dropped,
      }
    },
    // The process that asks is the queue.
    ping: async () => undefined,
    async pause(topic) {
      topics[topic].pause()
    },
    async resume(topic) {
      topics[topic].resume()
    },
    async close() {
      await Promise.all(Object.values(topics).map(each => each.close()))
    },
  }
}
