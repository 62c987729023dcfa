import type { Page, PageRequest } from '../../contracts/store.ts'
import { decodeCursor, encodeCursor, limitOf } from '../paging.ts'
import { type Condition, conditionsOf, conjunction, type Terms } from './conditions.ts'
import type { Prepare } from './database.ts'
import type { Row } from './rows.ts'
import type { Tallies, TallyKind } from './tallies.ts'

export interface ListingOptions<Filter, Item> {
  prepare: Prepare
  table: string
  columns: string
  terms: Terms<Filter>
  toItem: (row: Row) => Item
  /** With this, filters of tallied members alone are planned and counted by the tallies. */
  tallied?: {
    tallies: Tallies
    kind: TallyKind
    /** The term over the tallies for a member of the filter; none for a member that is not tallied. */
    terms: Partial<Terms<Filter>>
    /** The indexed columns that `place` and `state` stand for. */
    place: string
    state: string
  }
}

/** Newest first by `seq`, page by page: what is inserted meanwhile appears on no later page. */
export class Listing<Filter extends object, Item> {
  readonly #options: ListingOptions<Filter, Item>

  constructor(options: ListingOptions<Filter, Item>) {
    this.#options = options
  }

  page(filter: Filter, request: PageRequest = {}): Page<Item> {
    const { prepare, table, columns, toItem } = this.#options
    const limit = limitOf(request)
    const before = Number(decodeCursor(request, 1)?.[0] ?? Number.MAX_SAFE_INTEGER)
    const tallied = this.#tallyConditions(filter)
    const conditions = conditionsOf(this.#options.terms, filter)
    const search = { conditions, before, limit: limit + 1 }
    const found = tallied && conditions.length > 0 ? this.#merged(tallied, search) : this.#newest(search)
    const seqs = found.slice(0, limit)
    const read = prepare(`SELECT ${columns} FROM ${table} WHERE seq = ?`)
    return {
      items: seqs.map(seq => toItem(read.get(seq)!)),
      next: found.length > limit ? encodeCursor([seqs.at(-1)!]) : null,
      total: tallied
        ? this.#options.tallied!.tallies.total(this.#options.tallied!.kind, tallied)
        : this.#count(conditions),
    }
  }

  /** Null when a member of the filter is not tallied. */
  #tallyConditions(filter: Filter): Condition[] | null {
    const { tallied } = this.#options
    if (!tallied) return null
    const members = Object.keys(this.#options.terms) as (keyof Filter & string)[]
    const given = members.filter(member => filter[member] !== undefined)
    if (given.some(member => tallied.terms[member] === undefined)) return null
    return conditionsOf(tallied.terms as Terms<Filter>, filter)
  }

  /** The newest of each (place, state) that the tallies name, merged: each part is one short walk of one index. */
  #merged(tallyConditions: Condition[], search: Search): number[] {
    const { tallies, kind, place, state } = this.#options.tallied!
    const seqs = tallies.places(kind, tallyConditions).flatMap(pair =>
      this.#newest({
        ...search,
        conditions: [
          { sql: `${place} = ?`, value: pair.place },
          { sql: `${state} = ?`, value: pair.state },
          ...search.conditions,
        ],
      }),
    )
    return seqs.sort((a, b) => b - a).slice(0, search.limit)
  }

  #newest({ conditions, before, limit }: Search): number[] {
    const { sql, values } = conjunction(conditions)
    return this.#options
      .prepare(`SELECT seq FROM ${this.#options.table} WHERE ${sql} AND seq < ? ORDER BY seq DESC LIMIT ?`)
      .all(...values, before, limit)
      .map(row => Number(row.seq))
  }

  #count(conditions: Condition[]): number {
    const { sql, values } = conjunction(conditions)
    return Number(
      this.#options
        .prepare(`SELECT count(*) AS total FROM ${this.#options.table} WHERE ${sql}`)
        .get(...values)!.total,
    )
  }
}

interface Search {
  conditions: Condition[]
  before: number
  limit: number
}
