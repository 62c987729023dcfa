import type { Documents, StoredDocument, UpsertResult } from '../../contracts/store.ts'
import { subjectsOf } from '../../documents/subjects.ts'
import { mergeDocument, upsertDocument, visibleDocument } from '../document-rules.ts'
import { equals } from './filters.ts'
import { Listing } from './listing.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './shape.ts'
import { Table } from './table.ts'

export const DOCUMENT = shapeOf<DocumentRow>({ id: 'id', json: ['body', 'parts'] })

/** What the store alone knows: by what it is found. */
export type DocumentRow = StoredDocument & { subjects?: string[] }

/** With its subjects, the same list where they did not change. */
export function findable(document: StoredDocument, before: DocumentRow | null = null): DocumentRow {
  const subjects = subjectsOf(document)
  const isSame = before?.subjects?.join('\n') === subjects.join('\n')
  return { ...document, subjects: isSame ? before!.subjects : subjects }
}

/** Without what only the store and merges know. */
function shown(row: DocumentRow): StoredDocument {
  const { subjects: _subjects, ...document } = row
  return visibleDocument(document)
}

export function createDocuments({ collection, arrivals }: Parts): Documents {
  const documents = collection('documents')
  const table = new Table<DocumentRow>({ collection: documents, shape: DOCUMENT, arrivals })
  const listing = new Listing<StoredDocument>({
    collection: documents,
    toItem: row => shown(DOCUMENT.record(row)),
  })

  return {
    async upsert(candidate, now, merge) {
      let result!: UpsertResult
      await table.change({
        id: candidate.id,
        at: now,
        rule(stored) {
          result = merge
            ? mergeDocument(stored, candidate, { now, merge })
            : upsertDocument(stored, candidate, now)
          return result.document === stored ? stored : findable(result.document, stored)
        },
      })
      return { ...result, document: shown(result.document) }
    },

    async get(id) {
      const stored = await table.find(id)
      return stored && shown(stored.record)
    },

    list: (filter, page) =>
      listing.page(equals(['tenant', 'connection', 'resource', 'externalId', 'number'], filter), page),

    async due(before, limit, from = 0) {
      // The lower bound says that there is one, for planners that do not conclude from the upper that the partial index will do.
      const rows = documents.find({ deadline: { $gte: from, $lt: before } })
      const found = await rows.sort({ deadline: 1 }).limit(limit).toArray()
      return found.map(row => shown(DOCUMENT.record(row)))
    },
  }
}
