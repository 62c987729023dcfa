import type { DocumentFilter, Documents, SourceOrder, StoredDocument } from '../../contracts/store.ts'
import { mergeDocument, upsertDocument, visibleDocument } from '../document-rules.ts'
import { documentSubjects } from './document-subjects.ts'
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
    ...(['dependsOn', 'revision', 'createdAt', 'updatedAt', 'body', 'parts', 'erased', 'deadline'] as const),
  ],
  { mapping: 'json', dependsOn: 'json', body: 'json', parts: 'json', erased: 'json' },
)

export function createDocuments({ prepare, write, tallies }: Parts): Documents {
  const byId = prepare(`SELECT seq, ${DOCUMENT.columns} FROM documents WHERE id = ?`)
  const insert = prepare(`INSERT INTO documents (${DOCUMENT.columns}) VALUES (${DOCUMENT.places})`)
  const update = prepare(`UPDATE documents SET ${DOCUMENT.assignments} WHERE seq = ?`)
  const reorder = prepare(
    'UPDATE documents SET orderRevision = ?, orderEvent = ?, orderArrival = ?, parts = ? WHERE seq = ?',
  )

  const subjects = documentSubjects(prepare)

  const due = prepare(
    `SELECT ${DOCUMENT.columns} FROM documents WHERE deadline >= ? AND deadline < ? ORDER BY deadline LIMIT ?`,
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
    toItem: row => visibleDocument(documentOf(row)),
    tallied: {
      ...{ tallies, kind: 'document', place: 'connection', state: 'resource' },
      terms: { tenant: 'tenant = ?', connection: 'place = ?', resource: 'state = ?' },
    },
  })

  return {
    upsert: (candidate, now, merge) =>
      write(() => {
        const row = byId.get(candidate.id)
        const stored = row ? documentOf(row) : null
        const result = merge
          ? mergeDocument(stored, candidate, { now, merge })
          : upsertDocument(stored, candidate, now)
        const { document, outcome } = result
        const { revision, event, arrival } = document.order
        if (outcome === 'unchanged') reorder.run(revision, event, arrival, partsOf(document), row!.seq!)
        if (outcome === 'updated') {
          update.run(...DOCUMENT.values(rowOf(document)), row!.seq!)
          subjects.change(Number(row!.seq), stored, document)
        }
        if (outcome === 'created') {
          const { lastInsertRowid } = insert.run(...DOCUMENT.values(rowOf(document)))
          subjects.change(Number(lastInsertRowid), null, document)
          tallies.add(documentTally(document), 1)
        }
        return { outcome, document: visibleDocument(document) }
      }),

    async get(id) {
      const row = byId.get(id)
      return row ? visibleDocument(documentOf(row)) : null
    },

    list: async (filter, page) => listing.page(filter, page),
    due: async (before, limit, from = 0) =>
      due.all(from, before, limit).map(row => visibleDocument(documentOf(row))),
  }
}

const partsOf = ({ parts }: StoredDocument): string | null => (parts ? JSON.stringify(parts) : null)

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
