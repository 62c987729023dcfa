import type { Collection } from 'mongodb'
import type { Batches } from '../../../kernel/batches.ts'
import { DUPLICATE_KEY } from '../errors.ts'
import { put } from '../put.ts'
import type { Row } from '../shape.ts'
import { failuresOf } from './failures.ts'
import { statements } from './statements.ts'

/** Records created or replaced whole. Of two puts of one record in the same statement the later one stands. */
export class PutBatches {
  readonly #batches: Batches<Row, void>

  constructor(collection: Collection<Row>) {
    this.#batches = statements<Row, void>({
      recordOf: ({ _id }) => _id,
      async run(asked) {
        const rows = [...new Map(asked.map(row => [row._id, row])).values()]
        const lost = await putAll(collection, rows)
        // Another process made the record at the same moment: now it is there to be replaced.
        await Promise.all(lost.map(row => put(collection, row)))
        return () => ({ result: undefined })
      },
    })
  }

  put(row: Row): Promise<void> {
    return this.#batches.ask(row)
  }
}

/** Those that lost the race to make their record. */
async function putAll(collection: Collection<Row>, rows: readonly Row[]): Promise<Row[]> {
  const statements = rows.map(({ _id, ...replacement }) => ({
    replaceOne: { filter: { _id }, replacement, upsert: true },
  }))
  try {
    await collection.bulkWrite(statements, { ordered: false })
    return []
  } catch (error) {
    const failures = failuresOf(error)
    if ([...failures.values()].some(code => code !== DUPLICATE_KEY)) throw error
    return [...failures.keys()].map(index => rows[index]!)
  }
}
