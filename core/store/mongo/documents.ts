import type { Documents, StoredDocument, UpsertResult } from '../../contracts/store.ts'
import { mergeDocument, upsertDocument, visibleDocument } from '../document-rules.ts'
import { equals } from './filters.ts'
import { Listing } from './listing.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './shape.ts'
import { Table } from './table.ts'

export const DOCUMENT = shapeOf<StoredDocument>({ id: 'id', json: ['body', 'parts'] })

export function createDocuments({ collection, arrivals }: Parts): Documents {
  const documents = collection('documents')
  const table = new Table<StoredDocument>({ collection: documents, shape: DOCUMENT, arrivals })
  const listing = new Listing<StoredDocument>({
    collection: documents,
    toItem: row => visibleDocument(DOCUMENT.record(row)),
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
          return result.document
        },
      })
      return { ...result, document: visibleDocument(result.document) }
    },

    async get(id) {
      const stored = await table.find(id)
      return stored && visibleDocument(stored.record)
    },

    list: (filter, page) =>
      listing.page(equals(['tenant', 'connection', 'resource', 'externalId', 'number'], filter), page),
  }
}
