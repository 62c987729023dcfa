import type { Documents, StoredDocument, UpsertResult } from '../../contracts/store.ts'
import { upsertDocument } from '../document-rules.ts'
import { equals } from './filters.ts'
import { Listing } from './listing.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './shape.ts'
import { Table } from './table.ts'

export const DOCUMENT = shapeOf<StoredDocument>({ id: 'id', json: ['body'] })

export function createDocuments({ collection, arrivals }: Parts): Documents {
  const documents = collection('documents')
  const table = new Table<StoredDocument>({ collection: documents, shape: DOCUMENT, arrivals })
  const listing = new Listing<StoredDocument>({ collection: documents, toItem: DOCUMENT.record })

  return {
    async upsert(candidate, now) {
      let result!: UpsertResult
      await table.change({
        id: candidate.id,
        at: now,
        rule(stored) {
          result = upsertDocument(stored, candidate, now)
          return result.document
        },
      })
      return result
    },

    async get(id) {
      return (await table.find(id))?.record ?? null
    },

    list: (filter, page) =>
      listing.page(equals(['tenant', 'connection', 'resource', 'externalId', 'number'], filter), page),
  }
}
