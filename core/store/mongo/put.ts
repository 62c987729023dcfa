import type { Collection, Document } from 'mongodb'
import type { Row } from './shape.ts'

/** Creates or replaces in one round trip; one that is replaced keeps its place in lists. */
export async function putInPlace(collection: Collection<Row>, row: Document, seq: string): Promise<void> {
  const { _id } = row
  await collection.updateOne(
    { _id },
    [{ $replaceWith: { $mergeObjects: [{ $literal: row }, { seq: { $ifNull: ['$seq', seq] } }] } }],
    { upsert: true },
  )
}

/** Creates or replaces. */
export async function put(collection: Collection<Row>, { _id, ...members }: Row): Promise<void> {
  await collection.replaceOne({ _id }, members, { upsert: true })
}
