/**
 * The queue wakes workers up; the store is the truth. A job carries an id, never data, so losing every job loses
 * nothing: the sweeper finds due work in the store and enqueues it again.
 *
 * Promises that every driver keeps and `test/conformance/queue.suite.ts` proves:
 * - `enqueue` of a topic and id that already waits is one job, at the earlier of both times and the more urgent priority;
 *   an id enqueued while its job runs is run once more afterwards.
 * - Lower `priority` first; equal priorities in order of arrival; never before `delay` has passed.
 * - At most `concurrency` handlers of one consumer run at once; of work from priority 20 on perhaps fewer, so that an order
 *   finds a place. A handler that throws ends its job: the store decides
 *   what happens next.
 * - Memory is bounded: beyond its bound a driver may drop a job (and counts it in `stats().dropped`).
 */
export interface Queue {
  enqueue(topic: Topic, id: string, options?: EnqueueOptions): Promise<void>
  consume(topic: Topic, handler: Handler, options: { concurrency: number }): Consumer
  stats(): Promise<QueueStats>
  /** Resolves if jobs can be handed out; `QUEUE_UNAVAILABLE` while the server of the queue does not answer. */
  ping(): Promise<void>
  /** Handlers that run go on; no new job starts until `resume`. */
  pause(topic: Topic): Promise<void>
  resume(topic: Topic): Promise<void>
  close(): Promise<void>
}

/** `publish`: deliveries that come in bulk and may wait (stock, catalogue), so that they never hold up those of orders. */
export type Topic = 'translate' | 'deliver' | 'publish'

export interface EnqueueOptions {
  /** Milliseconds from now; 0 unless told. */
  delay?: number
  /** 0 is the most urgent. Orders 10, stock 20, catalogue 30, backfill 40. */
  priority?: number
}

/** `signal` aborts on shutdown: hand the work back unsettled or finish quickly. */
export type Handler = (id: string, signal: AbortSignal) => Promise<void>

export interface Consumer {
  /** Takes no new job; resolves when the running handlers have ended. */
  stop(): Promise<void>
}

export interface QueueStats {
  topics: Record<Topic, { waiting: number; delayed: number; running: number }>
  dropped: number
}
