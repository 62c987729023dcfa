import type { Collection, Document } from 'mongodb'
import type { Answer, Batches } from '../../../kernel/batches.ts'
import type { Row } from '../shape.ts'
import { failuresOf } from './failures.ts'
import { statements } from './statements.ts'

/** A write on what was read: it holds only while nobody else wrote. */
export interface Update {
  id: string
  /** As it was read. */
  version: number
  set: Document
  unset: Document
  /** Of this write alone: by it the write is found again among those of others. */
  mark: string
}

/**
 * Updates of many records in one statement, which answers only how many of them matched. Where that is not all, the
 * marks tell which; one that was written and at once overwritten by another process counts as not written, and the rule
 * that made it is asked again, which every operation of the store stands.
 */
export class UpdateBatches {
  readonly #batches: Batches<Update, boolean>

  constructor(collection: Collection<Row>) {
    this.#batches = statements({
      recordOf: ({ id }) => id,
      run: updates => updateAll(collection, updates),
    })
  }

  /** Durable when it resolves; false if the record is no longer as it was read. */
  update(update: Update): Promise<boolean> {
    return this.#batches.ask(update)
  }
}

export const statementOf = ({ id, version, set, unset, mark }: Update) => ({
  updateOne: {
    filter: { _id: id, version },
    update: {
      $set: { ...set, version: version + 1, mark },
      ...(Object.keys(unset).length > 0 && { $unset: unset }),
    },
  },
})

async function updateAll(
  collection: Collection<Row>,
  updates: readonly Update[],
): Promise<(index: number) => Answer<boolean>> {
  let [error, failures]: [unknown, Map<number, unknown>] = [null, new Map()]
  try {
    const { matchedCount } = await collection.bulkWrite(updates.map(statementOf), { ordered: false })
    if (matchedCount === updates.length) return () => ({ result: true })
  } catch (thrown) {
    ;[error, failures] = [thrown, failuresOf(thrown)]
  }
  const marks = await marksOf(collection, updates)
  return index => (failures.has(index) ? { error } : { result: marks.has(updates[index]!.mark) })
}

/** The last writes of these records. */
async function marksOf(collection: Collection<Row>, updates: readonly Update[]): Promise<Set<string>> {
  const rows = await collection
    .find(
      { _id: { $in: updates.map(({ id }) => id) } },
      { projection: { mark: 1 }, batchSize: updates.length + 1 },
    )
    .toArray()
  return new Set(rows.map(row => row['mark']))
}
