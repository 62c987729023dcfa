import type { Collection, Document } from 'mongodb'
import type { Answer, Batches } from '../../../kernel/batches.ts'
import { DUPLICATE_KEY } from '../errors.ts'
import type { Row } from '../shape.ts'
import { failuresOf } from './failures.ts'
import { statements } from './statements.ts'

const MAX_BYTES = 16_000_000

export class InsertBatches {
  readonly #batches: Batches<{ row: Document; bytes: number }, boolean>

  constructor(collection: Collection<Row>) {
    this.#batches = statements({
      maxBytes: MAX_BYTES,
      bytesOf: ({ bytes }) => bytes,
      run: items =>
        insertAll(
          collection,
          items.map(({ row }) => row as Row),
        ),
    })
  }

  /** Durable when it resolves; false for an `_id` that is there. */
  insert(row: Document, bytes: number): Promise<boolean> {
    return this.#batches.ask({ row, bytes })
  }
}

async function insertAll(
  collection: Collection<Row>,
  rows: readonly Row[],
): Promise<(index: number) => Answer<boolean>> {
  try {
    await collection.insertMany(rows, { ordered: false })
    return () => ({ result: true })
  } catch (error) {
    const failures = failuresOf(error)
    return index => {
      const code = failures.get(index)
      return code === undefined || code === DUPLICATE_KEY ? { result: code === undefined } : { error }
    }
  }
}
