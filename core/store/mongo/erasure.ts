import type { Collection } from 'mongodb'
import type { DeadLetter, Erased, Erasure, ErasureMark, Page, PageRequest } from '../../contracts/store.ts'
import type { DeliveryRecord } from '../delivery-rules.ts'
import { eraseDelivery, eraseDocument, eraseLetter, eraseMessage } from '../erasure-rules.ts'
import { decodeCursor, encodeCursor, limitOf } from '../paging.ts'
import { ReadBatches } from './batch/read-batches.ts'
import { LETTER } from './dead-letters.ts'
import { DELIVERY } from './deliveries.ts'
import { DOCUMENT, type DocumentRow, findable } from './documents.ts'
import { MESSAGE, type MessageRow, WITHOUT_BODY } from './message-rows.ts'
import type { Parts } from './repository.ts'
import { type Row, shapeOf } from './shape.ts'
import { Table } from './table.ts'

export const MARK = shapeOf<ErasureMark>({ id: 'digest' })

export function createErasure({ collection, arrivals }: Parts): Erasure {
  const [messages, documents, marks] = [
    collection('messages'),
    collection('documents'),
    collection('erasureMarks'),
  ]
  const reads = new ReadBatches(marks)
  const documentTable = new Table<DocumentRow>({ collection: documents, shape: DOCUMENT, arrivals })
  const erasers = {
    message: messageEraser({ collection, arrivals }),
    document: eraserOf(documentTable, (document: DocumentRow, erased) => {
      const left = eraseDocument(document, erased)
      return left && findable(left)
    }),
    delivery: eraserOf(
      new Table<DeliveryRecord>({ collection: collection('deliveries'), shape: DELIVERY, arrivals }),
      eraseDelivery,
    ),
    letter: eraserOf(
      new Table<DeadLetter>({ collection: collection('deadLetters'), shape: LETTER, arrivals }),
      eraseLetter,
    ),
  }

  return {
    find: (subjects, page) => findDocuments(documents, subjects, page),
    async index(limit) {
      const rows = await documents
        .find({ subjects: { $exists: false } }, { batchSize: limit + 1 })
        .limit(limit)
        .toArray()
      for (const row of rows)
        await documentTable.change({ id: row._id, rule: made => made && findable(made) })
      return rows.length
    },
    erase: (what, id, erased) => erasers[what](id, erased),
    messages: by => messages.countDocuments({ 'erased.by': by }),
    async remember(all) {
      const updates = all.map(({ digest, at, since }) => ({
        updateOne: {
          filter: { _id: digest },
          update: [{ $set: { at: { $max: ['$at', at] }, since: { $cond: [isLater(at), since, '$since'] } } }],
          upsert: true,
        },
      }))
      if (updates.length > 0) await marks.bulkWrite(updates, { ordered: false })
    },
    async remembered(digests) {
      const rows = await Promise.all(digests.map(digest => reads.read(digest)))
      return rows.filter(row => row !== null).map(MARK.record)
    },
    // The server writes blocks anew in its own time, and its journal and oplog turn over: nothing to ask it for.
    scrub: async () => undefined,
  }
}

async function findDocuments(
  documents: Collection<Row>,
  subjects: readonly string[],
  request: PageRequest = {},
): Promise<Page<string>> {
  const limit = limitOf(request)
  const [after] = decodeCursor(request, 1) ?? []
  const filter = { subjects: { $in: [...subjects] } }
  const [rows, total] = await Promise.all([
    documents
      .find(
        { ...filter, ...(after !== undefined && { seq: { $gt: String(after) } }) },
        { projection: { seq: 1 }, batchSize: limit + 2 },
      )
      .sort({ seq: 1 })
      .limit(limit + 1)
      .toArray(),
    documents.countDocuments(filter),
  ])
  const shown = rows.slice(0, limit)
  return {
    items: shown.map(({ _id }) => _id),
    next: rows.length > limit ? encodeCursor([shown.at(-1)!['seq']]) : null,
    total,
  }
}

/** `mergeMark` as one update; of a new one there is no time yet. */
const isLater = (at: number) => ({ $gt: [at, { $ifNull: ['$at', Number.NEGATIVE_INFINITY] }] })

type Eraser = (id: string, erased: Erased) => Promise<boolean>

const eraserOf =
  <T extends object>(table: Table<T>, rule: (record: T, erased: Erased) => T | null): Eraser =>
  async (id, erased) =>
    (await table.change({ id, rule: record => record && rule(record, erased) })) !== null

/** Bytes and headers go in the same write. */
function messageEraser({ collection, arrivals }: Parts): Eraser {
  const table = new Table<MessageRow>({
    ...{ collection: collection('messages'), shape: MESSAGE, arrivals, projection: WITHOUT_BODY },
  })
  return eraserOf(table, (message, erased) => {
    const left = eraseMessage(message, erased)
    if (!left) return null
    const { editedBy: _editedBy, editedAt: _editedAt, ...rest } = left
    // Null, not absent: the read left the edit out, so nobody could tell that it goes.
    return { ...rest, headers: '{}', body: Buffer.alloc(0), editedBody: null }
  })
}
