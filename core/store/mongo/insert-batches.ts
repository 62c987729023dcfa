import { type Collection, type Document, MongoBulkWriteError } from 'mongodb'
import { DUPLICATE_KEY } from './errors.ts'
import type { Row } from './shape.ts'

interface Waiting {
  row: Document
  bytes: number
  resolve(stored: boolean): void
  reject(error: unknown): void
}

type Answer = { stored: boolean } | { error: unknown }

const MAX_ROWS = 500
const MAX_BYTES = 16_000_000
/** While one is under way, the next gathers what arrives. */
const MAX_RUNNING = 2

/** Inserts asked for at the same time share one statement, and so one round trip and one wait for the journal. */
export class InsertBatches {
  readonly #collection: Collection<Row>
  readonly #waiting: Waiting[] = []
  #running = 0
  #woken = false

  constructor(collection: Collection<Row>) {
    this.#collection = collection
  }

  /** Durable when it resolves; false for an `_id` that is there. */
  insert(row: Document, bytes: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ row, bytes, resolve, reject })
      this.#wake()
    })
  }

  #wake(): void {
    if (this.#woken) return
    this.#woken = true
    setImmediate(() => {
      this.#woken = false
      while (this.#running < MAX_RUNNING && this.#waiting.length > 0) void this.#run(this.#next())
    })
  }

  #next(): Waiting[] {
    let [rows, bytes] = [0, 0]
    for (const one of this.#waiting) {
      bytes += one.bytes
      if (rows > 0 && (rows >= MAX_ROWS || bytes > MAX_BYTES)) break
      rows++
    }
    return this.#waiting.splice(0, rows)
  }

  async #run(batch: readonly Waiting[]): Promise<void> {
    this.#running++
    const answers = await this.#write(batch.map(({ row }) => row as Row))
    this.#running--
    batch.forEach(({ resolve, reject }, index) => {
      const answer = answers(index)
      if ('error' in answer) reject(answer.error)
      else resolve(answer.stored)
    })
    this.#wake()
  }

  /** What became of each row. */
  async #write(rows: readonly Row[]): Promise<(index: number) => Answer> {
    try {
      await this.#collection.insertMany(rows, { ordered: false })
      return () => ({ stored: true })
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError)) return () => ({ error })
      const failures = new Map([error.writeErrors].flat().map(({ index, code }) => [index, code]))
      // Without a majority, or without a word on any row, nothing is known of all of them.
      if (failures.size === 0 || error.result.getWriteConcernError()) return () => ({ error })
      return index => {
        const code = failures.get(index)
        return code === undefined || code === DUPLICATE_KEY ? { stored: code === undefined } : { error }
      }
    }
  }
}
