import { type Job, WaitingError, Worker } from 'bullmq'
import type { Consumer, Handler, Topic } from '../../contracts/queue.ts'
import { type Clock, sleep } from '../../kernel/clock.ts'
import type { Connection } from './connect.ts'
import { workIdOf } from './job-id.ts'
import { queueName } from './topic-jobs.ts'

export interface ConsumerOptions {
  topic: Topic
  prefix: string
  /** Its own: closing it is how a worker is freed that waits for a Redis that is away. */
  connection: Connection
  clock: Clock
  handler: Handler
  concurrency: number
  onError: (error: unknown, id: string) => void
  onEnded: (jobId: string) => Promise<void>
  onFault: (error: Error) => void
}

/** Jobs of a process that died are given to another after at most the sum of both. */
const LOCK_MS = 10_000
const STALLED_CHECK_MS = 5_000
const RETRY_MS = 1_000
/** How long a stopping worker may tell Redis what has ended. */
const FAREWELL_MS = 5_000

/** Runs the jobs of one topic on a worker of BullMQ. */
export class BullmqConsumer implements Consumer {
  readonly #options: ConsumerOptions
  readonly #worker: Worker
  readonly #running = new Set<Promise<unknown>>()
  readonly #ending = new Set<Promise<void>>()
  readonly #stop = new AbortController()
  #stopped: Promise<void> | undefined

  constructor(options: ConsumerOptions) {
    const { topic, connection, prefix, concurrency, onFault } = options
    this.#options = options
    this.#worker = new Worker(queueName(topic), (job, token) => this.#process(job, token), {
      connection,
      prefix,
      concurrency,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      // The store counts how often work ended with its process.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: RETRY_MS,
    })
    this.#worker.on('error', onFault)
    this.#worker.on('completed', job => this.#ended(job))
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#shutDown()
    return this.#stopped
  }

  async #process(job: Job, token: string | undefined): Promise<void> {
    if (this.#stop.signal.aborted) {
      await job.moveToWait(token)
      throw new WaitingError()
    }
    const run = this.#handle(workIdOf(job.id!))
    this.#running.add(run)
    await run.finally(() => this.#running.delete(run))
  }

  async #handle(id: string): Promise<void> {
    try {
      await this.#options.handler(id, this.#stop.signal)
    } catch (error) {
      this.#options.onError(error, id)
    }
  }

  #ended(job: Job): void {
    const ending = this.#options.onEnded(job.id!).finally(() => this.#ending.delete(ending))
    this.#ending.add(ending)
  }

  async #shutDown(): Promise<void> {
    const { connection, onFault } = this.#options
    this.#stop.abort()
    await this.#worker.pause(true)
    await Promise.all(this.#running)
    // By force where nobody can be told: BullMQ would wait for the end of a connection that is not there.
    const closed = this.#worker.close(connection.status !== 'ready').catch(onFault)
    await this.#within(FAREWELL_MS, closed)
    connection.disconnect()
    await Promise.all(this.#ending)
  }

  /** Redis may go away in the middle of the farewell. */
  async #within(ms: number, done: Promise<void>): Promise<void> {
    const timer = new AbortController()
    const late = sleep(this.#options.clock, ms, timer.signal).catch(() => undefined)
    await Promise.race([done, late]).finally(() => timer.abort())
  }
}
