import type { Collection, Document } from 'mongodb'
import { HubError } from '../../errors/hub-error.ts'
import type { Arrivals } from './arrivals.ts'
import { InsertBatches } from './batch/insert-batches.ts'
import { ReadBatches } from './batch/read-batches.ts'
import { type Update, UpdateBatches } from './batch/update-batches.ts'
import type { Row, Shape } from './shape.ts'

/** A record and the count of its writes: a write on what was read holds only while the count is the same. */
export interface Stored<T> {
  record: T
  version: number
}

export interface Change<T> {
  id: string
  /** What becomes of the record (null: there is none); null or the record itself: nothing. Run again if it was changed meanwhile. */
  rule: (record: T | null) => T | null
  /** Saves the read, if nobody wrote since. */
  known?: Stored<T> | null
  /** Where a new record stands in lists. */
  at?: number
}

export interface TableOptions<T> {
  collection: Collection<Row>
  shape: Shape<T>
  arrivals: Arrivals
  /** Leaves out what rules do not look at. */
  projection?: Document
}

/** Each failed try means that somebody else's went through. */
const MAX_TRIES = 200

/** Records that change by the rules of `core/store`: read, decide, write if nobody else did. */
export class Table<T extends object> {
  readonly #options: TableOptions<T>
  readonly #reads: ReadBatches
  readonly #inserts: InsertBatches
  readonly #updates: UpdateBatches

  constructor(options: TableOptions<T>) {
    const { collection, projection } = options
    this.#options = options
    this.#reads = new ReadBatches(collection, projection)
    this.#inserts = new InsertBatches(collection)
    this.#updates = new UpdateBatches(collection)
  }

  async find(id: string): Promise<Stored<T> | null> {
    const row = await this.#reads.read(id)
    return row && this.stored(row)
  }

  readonly stored = (row: Document): Stored<T> => ({
    record: this.#options.shape.record(row),
    version: row['version'],
  })

  /** The record as it was written, or null where the rule left it as it was. */
  async change({ id, rule, known, at = 0 }: Change<T>): Promise<T | null> {
    let before = known ?? (await this.find(id))
    for (let tries = 1; tries <= MAX_TRIES; tries++) {
      const after = rule(before?.record ?? null)
      if (!after || after === before?.record) return null
      const written = before ? await this.#update(id, before, after) : await this.#insert(after, at)
      if (written) return after
      before = await this.find(id)
    }
    throw new HubError('STORE_UNAVAILABLE', { detail: 'Too many change the same record.' })
  }

  /** What writes the difference if the record is as it was read. */
  updateOf(id: string, { record, version }: Stored<T>, after: T): Update {
    return { id, version, ...this.#difference(record, after), mark: this.#options.arrivals.next(0) }
  }

  #update(id: string, before: Stored<T>, after: T): Promise<boolean> {
    return this.#updates.update(this.updateOf(id, before, after))
  }

  #insert(record: T, at: number): Promise<boolean> {
    const { shape, arrivals } = this.#options
    const row = { ...shape.stored(record), seq: arrivals.next(at), version: 1 }
    return this.#inserts.insert(row, 0)
  }

  /** Rules leave what they do not change as it is, so members are compared by identity. */
  #difference(before: T, after: T): Pick<Update, 'set' | 'unset'> {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof T)[]
    const changed = names.filter(name => before[name] !== after[name])
    const gone = changed.filter(name => after[name] === undefined)
    const set = this.#options.shape.stored(
      Object.fromEntries(changed.map(name => [name, after[name]])) as Partial<T>,
    )
    return { set, unset: Object.fromEntries(gone.map(name => [name, ''])) }
  }
}
