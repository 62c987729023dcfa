import type { Due, Work } from '../../contracts/store.ts'
import type { Prepare } from './database.ts'
import type { Tallies } from './tallies.ts'

const SOURCES = {
  translate: { kind: 'message', table: 'messages', place: 'connection' },
  deliver: { kind: 'delivery', table: 'deliveries', place: 'destination' },
} as const

/** States of which a record may become due: what is confirmed may lapse. */
const WORKABLE = ['pending', 'waiting', 'confirmed']
const CHUNK = 64

interface Candidate {
  seq: number
  priority: number
  readyAt: number
}

/**
 * Reads due work place by place, so that a place left out costs nothing, and merges the places as they are read, so
 * that no more is read than asked for.
 */
export class DueWork {
  readonly #tallies: Tallies
  readonly #place: string
  readonly #kind: 'message' | 'delivery'
  readonly #statements: ReturnType<typeof statementsOf>

  constructor(work: Work, prepare: Prepare, tallies: Tallies) {
    const { kind, table, place } = SOURCES[work]
    this.#tallies = tallies
    this.#kind = kind
    this.#place = place
    this.#statements = statementsOf(prepare, table, this.#place)
  }

  read(now: number, limit: number, except: readonly string[]): Due[] {
    const left = this.#places().filter(place => !except.includes(place))
    const found: Due[] = []
    for (const { seq } of merged(left.map(place => this.#dueAt(place, now)))) {
      if (found.length >= limit) break
      found.push({ ...this.#statements.work.get(seq) } as unknown as Due)
    }
    return found
  }

  next(now: number): number | null {
    let next: number | null = null
    for (const place of this.#places())
      for (const priority of this.#priorities(place)) {
        const at = this.#statements.next.get(place, priority, now)?.readyAt
        if (typeof at === 'number' && (next === null || at < next)) next = at
      }
    return next
  }

  #places(): string[] {
    const held = this.#tallies.places(this.#kind).filter(({ state }) => WORKABLE.includes(state))
    return [...new Set(held.map(({ place }) => place))]
  }

  *#priorities(place: string): Generator<number> {
    for (let last = Number.NEGATIVE_INFINITY; ; ) {
      const row = this.#statements.priority.get(place, last)
      if (!row) return
      last = Number(row.priority)
      yield last
    }
  }

  *#dueAt(place: string, now: number): Generator<Candidate> {
    for (const priority of this.#priorities(place)) {
      let [readyAt, seq] = [Number.NEGATIVE_INFINITY, 0]
      for (;;) {
        const rows = this.#statements.due.all(
          place,
          priority,
          now,
          readyAt,
          seq,
          CHUNK,
        ) as unknown as Candidate[]
        yield* rows
        if (rows.length < CHUNK) break
        ;({ readyAt, seq } = rows.at(-1)!)
      }
    }
  }
}

function statementsOf(prepare: Prepare, table: string, place: string) {
  return {
    priority: prepare(
      `SELECT priority FROM ${table} WHERE ${place} = ? AND priority > ? AND readyAt IS NOT NULL ORDER BY priority LIMIT 1`,
    ),
    due: prepare(
      `SELECT seq, priority, readyAt FROM ${table}
       WHERE ${place} = ? AND priority = ? AND readyAt <= ? AND (readyAt, seq) > (?, ?) ORDER BY readyAt, seq LIMIT ?`,
    ),
    work: prepare(`SELECT id, priority, claims FROM ${table} WHERE seq = ?`),
    next: prepare(
      `SELECT readyAt FROM ${table} WHERE ${place} = ? AND priority = ? AND readyAt > ? ORDER BY readyAt LIMIT 1`,
    ),
  }
}

/** Most urgent first, then the longest due. There are few places, so the least head is simply looked for. */
function* merged(sources: Generator<Candidate>[]): Generator<Candidate> {
  const heads = sources.flatMap(source => {
    const { value } = source.next()
    return value ? [{ source, value }] : []
  })
  while (heads.length > 0) {
    const least = heads.reduce((a, b) => (compare(a.value, b.value) <= 0 ? a : b))
    yield least.value
    const { value } = least.source.next()
    if (value) least.value = value
    else heads.splice(heads.indexOf(least), 1)
  }
}

const compare = (a: Candidate, b: Candidate): number =>
  a.priority - b.priority || a.readyAt - b.readyAt || a.seq - b.seq
