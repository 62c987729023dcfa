import { IndexedHeap, type Placed } from './indexed-heap.ts'

interface Job extends Placed {
  id: string
  priority: number
  /** Not before this time. */
  at: number
  arrival: number
  heap: IndexedHeap<Job>
}

export interface Wish {
  priority: number
  at: number
}

export type Taken = Readonly<Pick<Job, 'id' | 'priority'>>

const byUrgency = (a: Job, b: Job): number => a.priority - b.priority || a.arrival - b.arrival
const byTime = (a: Job, b: Job): number => a.at - b.at || byUrgency(a, b)

/** The jobs of one topic: at most `capacity` that wait or are delayed, one per id. */
export class TopicJobs {
  readonly #capacity: number
  readonly #jobs = new Map<string, Job>()
  readonly #ready = new IndexedHeap<Job>(byUrgency)
  readonly #delayed = new IndexedHeap<Job>(byTime)
  /** Ids that run, with the wish to run once more, if there is one. */
  readonly #running = new Map<string, Wish | null>()
  #arrivals = 0
  dropped = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get waiting(): number {
    return this.#ready.size
  }

  get delayed(): number {
    return this.#delayed.size
  }

  get running(): number {
    return this.#running.size
  }

  /** When the earliest delayed job becomes ready. */
  get nextAt(): number | undefined {
    return this.#delayed.peek()?.at
  }

  add(id: string, wish: Wish, now: number): void {
    if (this.#running.has(id)) this.#running.set(id, sooner(this.#running.get(id), wish))
    else if (this.#jobs.has(id)) this.#hasten(this.#jobs.get(id)!, wish, now)
    else if (this.#makeRoom(wish, now)) this.#place({ id, ...wish }, now)
    else this.dropped++
  }

  /** Delayed jobs whose time has come. */
  promote(now: number): void {
    for (let job = this.#delayed.peek(); job && job.at <= now; job = this.#delayed.peek())
      this.#shift(job, this.#ready)
  }

  /** The most urgent ready job, now running; none, if it is not more urgent than `below`. */
  take(below = Number.POSITIVE_INFINITY): Taken | undefined {
    const job = this.#ready.peek()
    if (!job || job.priority >= below) return undefined
    this.#remove(job)
    this.#running.set(job.id, null)
    return job
  }

  ended(id: string, now: number): void {
    const again = this.#running.get(id)
    this.#running.delete(id)
    if (again) this.add(id, again, now)
  }

  /** Forgets what waits; the store knows it. */
  clear(): void {
    for (const job of [...this.#jobs.values()]) this.#remove(job)
  }

  #hasten(job: Job, wish: Wish, now: number): void {
    Object.assign(job, sooner(job, wish))
    if (job.heap === this.#delayed && job.at <= now) this.#shift(job, this.#ready)
    else job.heap.moved(job)
  }

  #place({ id, priority, at }: Wish & { id: string }, now: number): void {
    const heap = at > now ? this.#delayed : this.#ready
    const job: Job = { id, priority, at, arrival: this.#arrivals++, heap, place: -1 }
    this.#jobs.set(id, job)
    heap.push(job)
  }

  /** When full, a job that is ready now takes the place of a delayed or a less urgent one. */
  #makeRoom(wish: Wish, now: number): boolean {
    if (this.#jobs.size < this.#capacity) return true
    if (wish.at > now) return false
    const least = this.#delayed.last() ?? this.#ready.last()!
    if (least.heap === this.#ready && least.priority <= wish.priority) return false
    this.#remove(least)
    this.dropped++
    return true
  }

  #shift(job: Job, heap: IndexedHeap<Job>): void {
    job.heap.remove(job)
    job.heap = heap
    heap.push(job)
  }

  #remove(job: Job): void {
    job.heap.remove(job)
    this.#jobs.delete(job.id)
  }
}

const sooner = (a: Wish | null | undefined, b: Wish): Wish =>
  a ? { priority: Math.min(a.priority, b.priority), at: Math.min(a.at, b.at) } : b
