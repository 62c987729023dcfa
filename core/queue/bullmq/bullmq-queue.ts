import type { Consumer, EnqueueOptions, Handler, Queue, QueueStats, Topic } from '../../contracts/queue.ts'
import { HubError } from '../../errors/hub-error.ts'
import type { Clock } from '../../kernel/clock.ts'
import { BullmqConsumer } from './bullmq-consumer.ts'
import { connectToWork } from './connect.ts'
import { asQueueError, Outage, type OutageListeners } from './outage.ts'
import type { QueueAddress } from './read-address.ts'
import type { Scripted } from './scripts.ts'
import { TopicJobs } from './topic-jobs.ts'

export interface BullmqQueueOptions extends OutageListeners {
  address: QueueAddress
  connection: Scripted
  clock: Clock
  /** Jobs of one topic that wait or are delayed; beyond it jobs are dropped, and the sweeper finds their work again. */
  capacity?: number
  /** Told what a handler threw: its job has ended all the same. */
  onError?: (error: unknown, job: { topic: Topic; id: string }) => void
}

const DEFAULT_CAPACITY = 200_000
/** Wake-ups that wait for Redis' answer; beyond it Redis is too slow to be of use. */
const MOST_IN_FLIGHT = 10_000
const NO_JOBS = { waiting: 0, delayed: 0, running: 0 }

/** The queue on Redis. While Redis is away wake-ups are dropped and counted, and nobody waits or fails for it. */
export class BullmqQueue implements Queue {
  readonly #options: BullmqQueueOptions
  readonly #outage: Outage
  readonly #topics: Record<Topic, TopicJobs>
  readonly #consumers = new Set<BullmqConsumer>()
  #inFlight = 0
  #dropped = 0
  #closed: Promise<void> | undefined

  constructor(options: BullmqQueueOptions) {
    const { connection } = options
    this.#options = options
    this.#outage = new Outage(options)
    this.#topics = {
      translate: this.#open('translate'),
      deliver: this.#open('deliver'),
      publish: this.#open('publish'),
    }
    connection.on('error', this.#onFault)
    connection.on('close', () => this.#onFault(new Error('The connection is closed.')))
    connection.on('ready', () => this.#outage.end())
  }

  async enqueue(topic: Topic, id: string, options?: EnqueueOptions): Promise<void> {
    if (this.#closed) return
    if (!this.#reachable || this.#inFlight >= MOST_IN_FLIGHT) return this.#drop()
    this.#inFlight++
    try {
      await this.#topics[topic].enqueue(id, options)
      this.#outage.end()
    } catch (error) {
      this.#drop()
      this.#onFault(error)
    } finally {
      this.#inFlight--
    }
  }

  consume(topic: Topic, handler: Handler, { concurrency }: { concurrency: number }): Consumer {
    const { address, clock, onError } = this.#options
    const consumer = new BullmqConsumer({
      ...{ topic, handler, concurrency, clock },
      prefix: address.prefix,
      connection: connectToWork(address),
      onError: (error, id) => onError?.(error, { topic, id }),
      onEnded: jobId => this.#topics[topic].ended(jobId).catch(this.#onFault),
      onFault: this.#onFault,
    })
    this.#consumers.add(consumer)
    return { stop: () => consumer.stop().finally(() => this.#consumers.delete(consumer)) }
  }

  /** What cannot be counted now counts as none: the sweeper then reads on from the store. */
  async stats(): Promise<QueueStats> {
    const [translate, deliver, publish] = await Promise.all([
      this.#counts('translate'),
      this.#counts('deliver'),
      this.#counts('publish'),
    ])
    return { topics: { translate, deliver, publish }, dropped: this.#dropped }
  }

  ping(): Promise<void> {
    return this.#told(async () => void (await this.#options.connection.ping()))
  }

  /** For every process, and it outlives them: the mark is in Redis. */
  pause(topic: Topic): Promise<void> {
    return this.#told(() => this.#topics[topic].pause())
  }

  resume(topic: Topic): Promise<void> {
    return this.#told(() => this.#topics[topic].resume())
  }

  close(): Promise<void> {
    this.#closed ??= this.#shutDown()
    return this.#closed
  }

  get #reachable(): boolean {
    return this.#options.connection.status === 'ready'
  }

  #open(topic: Topic): TopicJobs {
    const { address, connection, clock, capacity = DEFAULT_CAPACITY } = this.#options
    return new TopicJobs({
      ...{ topic, connection, clock, capacity },
      prefix: address.prefix,
      onDropped: () => this.#drop(),
      onFault: this.#onFault,
    })
  }

  async #counts(topic: Topic): Promise<QueueStats['topics'][Topic]> {
    if (!this.#reachable) return NO_JOBS
    return this.#topics[topic].counts().catch(error => {
      this.#onFault(error)
      return NO_JOBS
    })
  }

  async #told(tell: () => Promise<void>): Promise<void> {
    if (!this.#reachable) throw new HubError('QUEUE_UNAVAILABLE')
    try {
      await tell()
    } catch (error) {
      throw asQueueError(error)
    }
  }

  #drop(): void {
    this.#dropped++
  }

  /** A job whose record or lock is gone (Redis was emptied, the process stood still) has a number for a code. */
  #onFault = (error: unknown): void => {
    const { code } = Object(error) as { code?: unknown }
    if (!this.#closed && typeof code !== 'number') this.#outage.begin(error)
  }

  async #shutDown(): Promise<void> {
    await Promise.all([...this.#consumers].map(consumer => consumer.stop()))
    // First the connection: a topic that never reached Redis waits for it.
    this.#options.connection.disconnect()
    await Promise.all(Object.values(this.#topics).map(topic => topic.close()))
  }
}
