import type { SQLInputValue } from 'node:sqlite'
import type { Page, PageRequest } from '../../contracts/store.ts'
import { decodeCursor, encodeCursor, limitOf } from '../paging.ts'
import { conditionsOf, conjunction, type Terms } from './conditions.ts'
import type { Prepare } from './database.ts'
import type { Row } from './rows.ts'
import type { Series, Tallies, TallyKind } from './tallies.ts'

export interface TimeRangeOptions<Filter, Item> {
  prepare: Prepare
  tallies: Tallies
  kind: TallyKind
  table: string
  columns: string
  /** The columns that a tally's place and the range stand for; with tenant and topic before the time, an index. */
  place: string
  time: string
  toItem: (row: Row) => Item
  /** Terms over the tallies: they name the series to walk. */
  seriesTerms: Partial<Terms<Filter>>
  /** What a series does not settle by itself. */
  terms: Partial<Terms<Filter>>
}

interface Found {
  at: number
  seq: number
}

interface Search<Filter> {
  filter: Filter
  /** Only what stands before this time and `seq`. */
  before: readonly [time: number, seq: number]
  limit: number
}

/**
 * Newest first by time, then `seq`: a short walk of one index per series that the tallies name, merged. The total is
 * counted for the first page and then travels in the cursor: a walk over a million records counts them once.
 */
export class TimeRange<Filter extends { from?: number; to?: number }, Item> {
  readonly #options: TimeRangeOptions<Filter, Item>

  constructor(options: TimeRangeOptions<Filter, Item>) {
    this.#options = options
  }

  page(filter: Filter, request: PageRequest = {}): Page<Item> {
    const { prepare, tallies, kind, table, columns, toItem, seriesTerms } = this.#options
    const limit = limitOf(request)
    const series = tallies.series(kind, conditionsOf(seriesTerms as Terms<Filter>, filter))
    const cursor = decodeCursor(request, 3)?.map(Number)
    const [time, seq, total] = cursor ?? [endOf(filter), 0, this.#total(series, filter)]
    const found = series
      .flatMap(one => this.#newest(one, { filter, before: [time!, seq!], limit: limit + 1 }))
      .sort((a, b) => b.at - a.at || b.seq - a.seq)
    const shown = found.slice(0, limit)
    const last = shown.at(-1)
    const read = prepare(`SELECT ${columns} FROM ${table} WHERE seq = ?`)
    return {
      items: shown.map(item => toItem(read.get(item.seq)!)),
      next: last && found.length > limit ? encodeCursor([last.at, last.seq, total!]) : null,
      total: total!,
    }
  }

  #newest(series: Series, { filter, before, limit }: Search<Filter>): Found[] {
    const { prepare, table, time } = this.#options
    const { sql, values } = this.#within(series, filter)
    return prepare(
      `SELECT ${time} AS at, seq FROM ${table} WHERE ${sql} AND (${time}, seq) < (?, ?)
       ORDER BY ${time} DESC, seq DESC LIMIT ?`,
    ).all(...values, ...before, limit) as unknown as Found[]
  }

  #total(series: readonly Series[], filter: Filter): number {
    const { prepare, table, time } = this.#options
    const count = (one: Series): number => {
      const { sql, values } = this.#within(one, filter)
      const counted = prepare(`SELECT count(*) AS total FROM ${table} WHERE ${sql} AND ${time} < ?`)
      return Number(counted.get(...values, endOf(filter))!.total)
    }
    return series.reduce((sum, one) => sum + count(one), 0)
  }

  /** Everything but the end of the range. */
  #within({ tenant, place, topic }: Series, filter: Filter): { sql: string; values: SQLInputValue[] } {
    const { place: placeColumn, time, terms } = this.#options
    const rest = conjunction(conditionsOf(terms as Terms<Filter>, filter))
    return {
      sql: `tenant = ? AND ${placeColumn} = ? AND topic = ? AND ${time} >= ? AND ${rest.sql}`,
      values: [tenant, place, topic, filter.from ?? 0, ...rest.values],
    }
  }
}

/** `seq` begins at 1, so everything before the end stands before (end, 0). */
const endOf = ({ to = Number.MAX_SAFE_INTEGER }: { to?: number }): number => to
