import type { StatBucket, Stats } from '../contracts/store.ts'
import { addLatency, emptyLatency } from './latency.ts'
import { addCounts, MINUTE_MS, minuteOf } from './minute-buckets.ts'

export const WINDOW_MINUTES = 60

/** A process flushes about every second; minutes this old can no longer change. */
const OPEN_MINUTES = 3

/** The first read goes in steps, because one read of the store is bounded to 50 000 rows. */
const STEP_MINUTES = 10

/**
 * The last sixty minutes of every series. Closed minutes are read once and kept; only the newest few are read again,
 * so a snapshot a second costs the store three minutes of rows, not sixty.
 */
export class MinuteWindow {
  #rows = new Map<number, StatBucket[]>()
  #readTo = 0
  readonly #stats: Pick<Stats, 'read'>

  constructor(stats: Pick<Stats, 'read'>) {
    this.#stats = stats
  }

  async read(now: number): Promise<Series> {
    const last = minuteOf(now)
    const first = last - (WINDOW_MINUTES - 1) * MINUTE_MS
    for (
      let from = Math.max(first, this.#readTo - OPEN_MINUTES * MINUTE_MS);
      from <= last;
      from += STEP_MINUTES * MINUTE_MS
    )
      await this.#load(from, Math.min(from + STEP_MINUTES * MINUTE_MS, last + MINUTE_MS) - 1)
    this.#readTo = last
    for (const minute of this.#rows.keys()) if (minute < first) this.#rows.delete(minute)
    return new Series(first, [...this.#rows.values()].flat())
  }

  async #load(from: number, to: number): Promise<void> {
    const rows = await this.#stats.read({ from, to })
    for (let minute = from; minute <= to; minute += MINUTE_MS) this.#rows.delete(minute)
    for (const row of rows) this.#rows.set(row.minute, [...(this.#rows.get(row.minute) ?? []), row])
  }
}

/** Minute rows by series, ready to be asked for arrays. */
export class Series {
  readonly firstMinute: number
  #bySeries = new Map<string, StatBucket[]>()

  constructor(firstMinute: number, rows: readonly StatBucket[]) {
    this.firstMinute = firstMinute
    for (const row of rows) {
      const known = this.#bySeries.get(row.series)
      if (known) known.push(row)
      else this.#bySeries.set(row.series, [row])
    }
  }

  /** One number per minute, oldest first. */
  perMinute(series: string, name: string): number[] {
    const minutes = new Array<number>(WINDOW_MINUTES).fill(0)
    for (const row of this.#rows(series)) {
      const index = this.#index(row)
      if (minutes[index] !== undefined) minutes[index] += row.counts[name] ?? 0
    }
    return minutes
  }

  /** Failures per minute that say something about the partner: without refusals of single documents. */
  troubles(series: string): number[] {
    const refused = this.perMinute(series, 'refused')
    return this.perMinute(series, 'failed').map((failed, minute) => failed - refused[minute]!)
  }

  /** Latency counts of every minute, summed over the series given. */
  latencyPerMinute(series: readonly string[]): number[][] {
    const minutes = Array.from({ length: WINDOW_MINUTES }, emptyLatency)
    for (const row of series.flatMap(name => this.#rows(name))) {
      const minute = minutes[this.#index(row)]
      if (minute) addLatency(minute, row.latency)
    }
    return minutes
  }

  latency(series: string): number[] {
    return this.#rows(series).reduce((sum, row) => addLatency(sum, row.latency), emptyLatency())
  }

  counts(series: string): Record<string, number> {
    const sum: Record<string, number> = {}
    for (const row of this.#rows(series)) addCounts(sum, row.counts)
    return sum
  }

  /** The newest minute in which the series counted this, or null. */
  lastMinute(series: string, name: string): number | null {
    const minutes = this.#rows(series).filter(row => (row.counts[name] ?? 0) > 0)
    return minutes.length === 0 ? null : Math.max(...minutes.map(row => row.minute))
  }

  #rows = (series: string): StatBucket[] => this.#bySeries.get(series) ?? []
  #index = (row: StatBucket): number => Math.round((row.minute - this.firstMinute) / MINUTE_MS)
}
