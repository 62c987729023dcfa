import type { Collection, Document } from 'mongodb'
import type { Batches } from '../../../kernel/batches.ts'
import type { Row } from '../shape.ts'
import { statements } from './statements.ts'

/** Records read by their `_id`. */
export class ReadBatches {
  readonly #batches: Batches<string, Row | null>

  constructor(collection: Collection<Row>, projection?: Document) {
    this.#batches = statements({
      async run(ids) {
        const wanted = [...new Set(ids)]
        const rows = await collection
          .find({ _id: { $in: wanted } }, { projection, batchSize: wanted.length + 1 })
          .toArray()
        const found = new Map(rows.map(row => [row._id, row]))
        return index => ({ result: found.get(ids[index]!) ?? null })
      },
    })
  }

  read(id: string): Promise<Row | null> {
    return this.#batches.ask(id)
  }
}
