import type { DocumentFilter, Documents, SourceOrder, StoredDocument } from '../../contracts/store.ts'
import { upsertDocument } from '../document-rules.ts'
import { Listing } from './listing.ts'
import type { Parts } from './repository.ts'
import { type Row, shapeOf } from './rows.ts'
import type { TallyKey } from './tallies.ts'

/** As stored: the order in three columns. */
type DocumentRow = Omit<StoredDocument, 'order'> & {
  orderRevision: number
  orderEvent: number
  orderArrival: number
}

export const DOCUMENT = shapeOf<DocumentRow>(
  [
    ...(['id', 'resource', 'key', 'tenant', 'connection', 'externalId', 'number'] as const),
    ...(['orderRevision', 'orderEvent', 'orderArrival', 'hash', 'mapping', 'message', 'receivedAt'] as const),
    ...(['dependsOn', 'revision', 'createdAt', 'updatedAt', 'body'] as const),
  ],
  { mapping: 'json', dependsOn: 'json', body: 'json' },
)

export function createDocuments({ prepare, write, tallies }: Parts): Documents {
  const byId = prepare(`SELECT seq, ${DOCUMENT.columns} FROM documents WHERE id = ?`)
  const insert = prepare(`INSERT INTO documents (${DOCUMENT.columns}) VALUES (${DOCUMENT.places})`)
  const update = prepare(`UPDATE documents SET ${DOCUMENT.assignments} WHERE seq = ?`)
  const reorder = prepare(
    'UPDATE documents SET orderRevision = ?, orderEvent = ?, orderArrival = ? WHERE seq = ?',
  )

  const listing = new Listing<DocumentFilter, StoredDocument>({
    prepare,
    table: 'documents',
    columns: DOCUMENT.columns,
    terms: {
      tenant: 'tenant = ?',
      connection: 'connection = ?',
      resource: 'resource = ?',
      externalId: 'externalId = ?',
      number: 'number = ?',
    },
    toItem: documentOf,
    tallied: {
      ...{ tallies, kind: 'document', place: 'connection', state: 'resource' },
      terms: { tenant: 'tenant = ?', connection: 'place = ?', resource: 'state = ?' },
    },
  })

  return {
    upsert: (candidate, now) =>
      write(() => {
        const row = byId.get(candidate.id)
        const result = upsertDocument(row ? documentOf(row) : null, candidate, now)
        const { document, outcome } = result
        const { revision, event, arrival } = document.order
        if (outcome === 'unchanged') reorder.run(revision, event, arrival, row!.seq!)
        if (outcome === 'updated') update.run(...DOCUMENT.values(rowOf(document)), row!.seq!)
        if (outcome === 'created') {
          insert.run(...DOCUMENT.values(rowOf(document)))
          tallies.add(documentTally(document), 1)
        }
        return result
      }),

    async get(id) {
      const row = byId.get(id)
      return row ? documentOf(row) : null
    },

    list: async (filter, page) => listing.page(filter, page),
  }
}

export function documentOf(row: Row): StoredDocument {
  const { orderRevision, orderEvent, orderArrival, ...document } = DOCUMENT.record(row)
  const order: SourceOrder = { revision: orderRevision, event: orderEvent, arrival: orderArrival }
  return { ...document, order }
}

export const documentTally = ({ connection: place, resource: state, tenant }: StoredDocument): TallyKey => ({
  ...{ kind: 'document', place, state, tenant, topic: '', origin: '' },
})

export const rowOf = ({ order, ...document }: StoredDocument): DocumentRow => ({
  ...document,
  orderRevision: order.revision,
  orderEvent: order.event,
  orderArrival: order.arrival,
})
