import type { Consumer, EnqueueOptions, Handler, QueueStats, Topic } from '../../contracts/queue.ts'
import type { Clock } from '../../kernel/clock.ts'
import { BULK_PRIORITY, inLaneOf } from '../../kernel/lane.ts'
import { type Taken, TopicJobs } from './topic-jobs.ts'

export interface SchedulerOptions {
  clock: Clock
  capacity: number
  /** Part of the places of each consumer that bulk work leaves to orders. */
  reserved: number
  onError: (error: unknown, id: string) => void
}

interface Worker {
  handler: Handler
  concurrency: number
  /** How many of them bulk work may take, and has. */
  bulk: { most: number; running: number }
  running: Set<Promise<void>>
  stop: AbortController
}

/** Priority of a job that was given none: the most urgent, as BullMQ does. */
const DEFAULT_PRIORITY = 0

/** Hands the jobs of one topic to its consumers. */
export class Scheduler {
  readonly #clock: Clock
  readonly #reserved: number
  readonly #onError: SchedulerOptions['onError']
  readonly #jobs: TopicJobs
  readonly #workers = new Set<Worker>()
  #cancelTimer: (() => void) | undefined
  #timerAt = Number.POSITIVE_INFINITY
  #paused = false
  #closed = false
  #pumping = false

  constructor({ clock, capacity, reserved, onError }: SchedulerOptions) {
    this.#clock = clock
    this.#reserved = reserved
    this.#onError = onError
    this.#jobs = new TopicJobs(capacity)
  }

  get dropped(): number {
    return this.#jobs.dropped
  }

  counts(): QueueStats['topics'][Topic] {
    const { waiting, delayed, running } = this.#jobs
    return { waiting, delayed, running }
  }

  enqueue(id: string, { delay = 0, priority = DEFAULT_PRIORITY }: EnqueueOptions = {}): void {
    if (this.#closed) return
    const now = this.#clock.now()
    this.#jobs.add(id, { priority, at: now + Math.max(delay, 0) }, now)
    this.#wake()
  }

  consume(handler: Handler, concurrency: number): Consumer {
    const bulk = { most: concurrency - Math.floor(concurrency * this.#reserved), running: 0 }
    const worker: Worker = { handler, concurrency, bulk, running: new Set(), stop: new AbortController() }
    this.#workers.add(worker)
    this.#wake()
    return { stop: () => this.#stop(worker) }
  }

  pause(): void {
    this.#paused = true
  }

  resume(): void {
    this.#paused = false
    this.#wake()
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#cancelTimer?.()
    this.#jobs.clear()
    await Promise.all([...this.#workers].map(worker => this.#stop(worker)))
  }

  async #stop(worker: Worker): Promise<void> {
    this.#workers.delete(worker)
    worker.stop.abort()
    await Promise.all(worker.running)
  }

  /** Jobs asked for in one turn of the event loop are sorted before the first of them starts. */
  #wake(): void {
    if (this.#pumping) return
    this.#pumping = true
    setImmediate(() => {
      this.#pumping = false
      if (!this.#closed) this.#pump()
    })
  }

  #pump(): void {
    this.#jobs.promote(this.#clock.now())
    this.#setTimer()
    if (this.#paused) return
    for (const worker of this.#workers) {
      const { bulk } = worker
      while (worker.running.size < worker.concurrency) {
        const job = this.#jobs.take(bulk.running < bulk.most ? undefined : BULK_PRIORITY)
        if (!job) break
        this.#start(worker, job)
      }
    }
  }

  #start(worker: Worker, { id, priority }: Taken): void {
    const places = priority < BULK_PRIORITY ? 0 : 1
    worker.bulk.running += places
    const run = inLaneOf(priority, () => this.#run(worker, id)).finally(() => {
      worker.bulk.running -= places
      worker.running.delete(run)
      this.#wake()
    })
    worker.running.add(run)
  }

  async #run(worker: Worker, id: string): Promise<void> {
    try {
      await worker.handler(id, worker.stop.signal)
    } catch (error) {
      this.#onError(error, id)
    } finally {
      this.#jobs.ended(id, this.#clock.now())
    }
  }

  /** One timer for the earliest delayed job. */
  #setTimer(): void {
    const at = this.#jobs.nextAt ?? Number.POSITIVE_INFINITY
    if (at === this.#timerAt) return
    this.#cancelTimer?.()
    this.#timerAt = at
    this.#cancelTimer = Number.isFinite(at)
      ? this.#clock.timer(at - this.#clock.now(), () => {
          this.#timerAt = Number.POSITIVE_INFINITY
          this.#cancelTimer = undefined
          this.#wake()
        })
      : undefined
  }
}
