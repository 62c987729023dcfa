import type { SQLInputValue } from 'node:sqlite'
import { type Condition, conjunction } from './conditions.ts'
import type { Prepare } from './database.ts'

export type TallyKind = 'message' | 'document' | 'delivery'

/** What is counted apart: every member that lists filter by and that has few values. */
export interface TallyKey {
  kind: TallyKind
  /** Connection of a message or document, destination of a delivery. */
  place: string
  /** State; of a document its resource. */
  state: string
  tenant: string
  topic: string
  origin: string
}

export interface Place {
  place: string
  state: string
}

/** What arrives from one source in order of time. */
export interface Series {
  tenant: string
  place: string
  topic: string
}

/**
 * Counts kept in the transactions that change them, so that totals, the backlog and the high-water mark cost the same
 * at any size, and a list knows which (place, state) pairs hold what it filters by.
 */
export class Tallies {
  readonly #prepare: Prepare
  readonly #changes = new Map<string, { key: TallyKey; by: number }>()

  constructor(prepare: Prepare) {
    this.#prepare = prepare
  }

  /** Remembered until the transaction commits. */
  add(key: TallyKey, by: 1 | -1): void {
    const text = `${key.kind}\n${key.state}\n${key.place}\n${key.tenant}\n${key.topic}\n${key.origin}`
    const change = this.#changes.get(text)
    if (change) change.by += by
    else this.#changes.set(text, { key, by })
  }

  move(from: TallyKey, to: TallyKey): void {
    this.add(from, -1)
    this.add(to, 1)
  }

  readonly flush = (): void => {
    const add = this.#prepare(
      `INSERT INTO tallies (kind, state, place, tenant, topic, origin, count) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    )
    for (const { key, by } of this.#changes.values())
      if (by !== 0) add.run(key.kind, key.state, key.place, key.tenant, key.topic, key.origin, by)
    this.#changes.clear()
  }

  readonly forget = (): void => this.#changes.clear()

  total(kind: TallyKind, conditions: readonly Condition[] = []): number {
    const { sql, values } = conjunction([{ sql: 'kind = ?', value: kind }, ...conditions])
    return Number(
      this.#prepare(`SELECT coalesce(sum(count), 0) AS total FROM tallies WHERE ${sql}`).get(...values)!
        .total,
    )
  }

  /** The (place, state) pairs that hold at least one match, with how many. */
  places(kind: TallyKind, conditions: readonly Condition[] = []): (Place & { count: number })[] {
    const { sql, values } = conjunction([{ sql: 'kind = ?', value: kind }, ...conditions])
    return this.#all(
      `SELECT place, state, sum(count) AS count FROM tallies WHERE ${sql} AND count > 0 GROUP BY place, state`,
      values,
    )
  }

  /** The (tenant, place, topic) triples that hold at least one match. */
  series(kind: TallyKind, conditions: readonly Condition[] = []): Series[] {
    const { sql, values } = conjunction([{ sql: 'kind = ?', value: kind }, ...conditions])
    return this.#all(`SELECT DISTINCT tenant, place, topic FROM tallies WHERE ${sql} AND count > 0`, values)
  }

  #all<T>(sql: string, values: SQLInputValue[]): T[] {
    return this.#prepare(sql).all(...values) as unknown as T[]
  }
}
