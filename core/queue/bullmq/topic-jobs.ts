import { ErrorCode, Queue } from 'bullmq'
import type { EnqueueOptions, QueueStats, Topic } from '../../contracts/queue.ts'
import type { Clock } from '../../kernel/clock.ts'
import { jobIdOf } from './job-id.ts'
import type { Scripted } from './scripts.ts'

export interface TopicJobsOptions {
  topic: Topic
  prefix: string
  connection: Scripted
  clock: Clock
  /** Jobs that wait or are delayed. */
  capacity: number
  onDropped: () => void
  onFault: (error: Error) => void
}

/** What a job is wanted as. BullMQ's priorities begin at 1: its 0 is a list of its own, before all others. */
interface Wish {
  at: number
  priority: number
}

/** The hash tag: all keys of a topic lie on one node of a cluster. */
export const queueName = (topic: Topic): string => `{${topic}}`

const LEAST_URGENT = 2 ** 21 - 1
/** Nobody reads BullMQ's events; it cannot be told to write none. */
const EVENTS_KEPT = 100

/** The jobs of one topic in Redis: at most one per id, whoever enqueues it. */
export class TopicJobs {
  readonly #options: TopicJobsOptions
  readonly #queue: Queue

  constructor(options: TopicJobsOptions) {
    const { topic, connection, prefix, onFault } = options
    this.#options = options
    this.#queue = new Queue(queueName(topic), {
      connection,
      prefix,
      streams: { events: { maxLen: EVENTS_KEPT } },
      // INFO would be the one command that must not fail, or the queue stayed shut.
      skipVersionCheck: true,
    })
    this.#queue.on('error', onFault)
  }

  async enqueue(id: string, { delay = 0, priority = 0 }: EnqueueOptions = {}): Promise<void> {
    const at = this.#now() + Math.max(delay, 0)
    await this.#want(jobIdOf(id), { at, priority: Math.min(priority + 1, LEAST_URGENT) })
  }

  /** To be called when a job has ended: was it wanted again while it ran? */
  async ended(jobId: string): Promise<void> {
    const noted = await this.#options.connection.crossdockTake(this.#key('again'), jobId)
    if (noted === null) return
    const [at, priority] = noted.split(' ').map(Number) as [number, number]
    await this.#want(jobId, { at, priority })
  }

  async counts(): Promise<QueueStats['topics'][Topic]> {
    const { wait, prioritized, delayed, active } = (await this.#queue.getJobCounts(
      ...(['wait', 'prioritized', 'delayed', 'active'] as const),
    )) as Record<'wait' | 'prioritized' | 'delayed' | 'active', number>
    return { waiting: wait + prioritized, delayed, running: active }
  }

  pause(): Promise<void> {
    return this.#queue.pause()
  }

  resume(): Promise<void> {
    return this.#queue.resume()
  }

  close(): Promise<void> {
    return this.#queue.close()
  }

  /** Look, then act: what moved in between is run no later than wanted, or the sweeper finds it. */
  async #want(jobId: string, wish: Wish): Promise<void> {
    const [state, ...found] = await this.#find(jobId, wish)
    if (state === 'absent') await this.#add(jobId, wish)
    if (state === 'full') await this.#displace(jobId, wish, found[0])
    if (state === 'delayed')
      await this.#hasten(jobId, wish, { at: Number(found[0]), priority: Number(found[1]) })
    if (state === 'waiting') await this.#raise(jobId, wish.priority, Number(found[0]))
  }

  #find(jobId: string, { at, priority }: Wish) {
    const { connection, capacity } = this.#options
    const keys = [jobId, 'delayed', 'prioritized', 'wait', 'again'].map(name => this.#key(name))
    return connection.crossdockFind(...keys, jobId, at, priority, this.#now(), capacity)
  }

  /**
   * Not through `Queue.add`, which repeats the id within each job's options: a record beyond 64 bytes a field costs
   * Redis twice the memory.
   */
  async #add(jobId: string, { at, priority }: Wish): Promise<void> {
    const timestamp = this.#now()
    const opts = { priority, delay: Math.max(at - timestamp, 0) }
    await this.#queue.backend.addJob({ ...BARE, id: jobId, timestamp, opts }, jobId)
  }

  /** When full, a job that is ready now takes the place of a delayed or a less urgent one. */
  async #displace(jobId: string, wish: Wish, victim: string | undefined): Promise<void> {
    this.#options.onDropped()
    if (victim === undefined) return
    await unlessGone(this.#queue.backend.remove(victim, false))
    await this.#add(jobId, wish)
  }

  async #hasten(jobId: string, wish: Wish, job: Wish): Promise<void> {
    await this.#raise(jobId, wish.priority, job.priority)
    if (wish.at >= job.at) return
    const delay = wish.at - this.#now()
    const { backend } = this.#queue
    await unlessGone(delay > 0 ? backend.changeDelay(jobId, delay) : backend.promote(jobId))
  }

  async #raise(jobId: string, wanted: number, present: number): Promise<void> {
    if (wanted < present) await unlessGone(this.#queue.backend.changePriority(jobId, wanted))
  }

  #key(name: string): string {
    return this.#queue.toKey(name)
  }

  #now(): number {
    return this.#options.clock.now()
  }
}

/** A job is its id and nothing else. */
const BARE = {
  name: '',
  data: '',
  progress: 0,
  attemptsMade: 0,
  attemptsStarted: 0,
  stalledCounter: 0,
  failedReason: '',
  returnvalue: '',
}

/** The job started or ended between the look and the act: then it is sooner than wanted. */
async function unlessGone(act: Promise<unknown>): Promise<void> {
  try {
    await act
  } catch (error) {
    const { code } = Object(error) as { code?: unknown }
    if (code !== ErrorCode.JobNotExist && code !== ErrorCode.JobNotInState) throw error
  }
}
