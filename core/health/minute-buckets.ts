import type { StatBucket, Stats } from '../contracts/store.ts'
import { addLatency, emptyLatency, latencyBucket } from './latency.ts'

export const MINUTE_MS = 60_000

export const minuteOf = (at: number): number => Math.floor(at / MINUTE_MS) * MINUTE_MS

/** Series and minutes held between two flushes; what does not fit is counted under `<kind>:other`. */
const MAX_BUCKETS = 10_000

/**
 * Counters of the running minutes, in memory until the next flush. A flush that fails puts everything back, so a
 * store that is away for a while loses nothing.
 */
export class MinuteBuckets {
  #buckets = new Map<string, StatBucket>()
  #flushing: Promise<void> = Promise.resolve()
  readonly #stats: Pick<Stats, 'add'>
  readonly #onOverflow: () => void

  constructor(stats: Pick<Stats, 'add'>, onOverflow: () => void = () => undefined) {
    this.#stats = stats
    this.#onOverflow = onOverflow
  }

  count(series: string, at: number, counts: Readonly<Record<string, number>>): void {
    addCounts(this.#bucket(series, at).counts, counts)
  }

  latency(series: string, at: number, ms: number): void {
    const { latency } = this.#bucket(series, at)
    const index = latencyBucket(ms)
    latency[index] = latency[index]! + 1
  }

  /** Writes what is held; flushes run one after another. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(this.#write, this.#write)
    return this.#flushing
  }

  readonly #write = async (): Promise<void> => {
    if (this.#buckets.size === 0) return
    const taken = this.#buckets
    this.#buckets = new Map()
    try {
      await this.#stats.add([...taken.values()])
    } catch (error) {
      for (const bucket of taken.values()) this.#restore(bucket)
      throw error
    }
  }

  #restore(bucket: StatBucket): void {
    const target = this.#bucket(bucket.series, bucket.minute)
    addCounts(target.counts, bucket.counts)
    addLatency(target.latency, bucket.latency)
  }

  #bucket(series: string, at: number): StatBucket {
    const minute = minuteOf(at)
    const key = `${minute} ${series}`
    const found = this.#buckets.get(key)
    if (found) return found
    if (this.#buckets.size >= MAX_BUCKETS && !series.endsWith(':other')) {
      this.#onOverflow()
      return this.#bucket(`${series.split(':', 1)[0]}:other`, at)
    }
    const bucket: StatBucket = { minute, series, counts: {}, latency: emptyLatency() }
    this.#buckets.set(key, bucket)
    return bucket
  }
}

export function addCounts(into: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, by] of Object.entries(counts)) into[name] = (into[name] ?? 0) + by
}
