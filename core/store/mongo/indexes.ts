import type { Db, IndexDescription } from 'mongodb'

export interface StoreIndex {
  collection: CollectionName
  name: string
  key: Record<string, 1 | -1>
  unique?: true
  /** Only records that have this member are in the index. */
  present?: string
}

/** Beside `_id` of every collection, which serves get, claim, settle and the check for duplicates. */
export const INDEXES = [
  { collection: 'messages', name: 'messagesByArrival', key: { seq: -1 } },
  { collection: 'messages', name: 'messagesByTenant', key: { tenant: 1, seq: -1 } },
  { collection: 'messages', name: 'messagesByConnection', key: { connection: 1, seq: -1 } },
  { collection: 'messages', name: 'messagesByConnectionAndState', key: { connection: 1, state: 1, seq: -1 } },
  { collection: 'messages', name: 'messagesByState', key: { state: 1, seq: -1 } },
  { collection: 'messages', name: 'messagesByDocument', key: { documents: 1, seq: -1 } },
  { collection: 'messages', name: 'messagesErased', key: { 'erased.by': 1 }, present: 'erased' },
  {
    ...{ collection: 'messages', name: 'messagesReady', present: 'readyAt' },
    key: { connection: 1, priority: 1, readyAt: 1, seq: 1 },
  },

  { collection: 'documents', name: 'documentsByArrival', key: { seq: -1 } },
  { collection: 'documents', name: 'documentsByTenant', key: { tenant: 1, seq: -1 } },
  { collection: 'documents', name: 'documentsByConnection', key: { connection: 1, seq: -1 } },
  { collection: 'documents', name: 'documentsByResource', key: { resource: 1, seq: -1 } },
  { collection: 'documents', name: 'documentsByExternalId', key: { externalId: 1, seq: -1 } },
  { collection: 'documents', name: 'documentsBySubject', key: { subjects: 1, seq: 1 } },
  { collection: 'documents', name: 'documentsByNumber', key: { number: 1, seq: -1 }, present: 'number' },
  { collection: 'documents', name: 'documentsDue', key: { deadline: 1 }, present: 'deadline' },

  { collection: 'deliveries', name: 'deliveriesByArrival', key: { seq: -1 } },
  { collection: 'deliveries', name: 'deliveriesByTenant', key: { tenant: 1, seq: -1 } },
  { collection: 'deliveries', name: 'deliveriesBySource', key: { source: 1, seq: -1 } },
  { collection: 'deliveries', name: 'deliveriesByState', key: { state: 1, seq: -1 } },
  {
    ...{ collection: 'deliveries', name: 'deliveriesByDestination' },
    key: { destination: 1, state: 1, seq: -1, wantedAt: 1 },
  },
  { collection: 'deliveries', name: 'deliveriesByDocument', key: { document: 1, seq: -1 } },
  {
    ...{ collection: 'deliveries', name: 'deliveriesWaiting', present: 'waitsFor' },
    key: { waitsFor: 1, destination: 1 },
  },
  {
    ...{ collection: 'deliveries', name: 'deliveriesReady', present: 'readyAt' },
    key: { destination: 1, priority: 1, readyAt: 1, seq: 1 },
  },

  { collection: 'deadLetters', name: 'deadLettersByArrival', key: { seq: -1 } },
  { collection: 'deadLetters', name: 'deadLettersByState', key: { state: 1, seq: -1 } },
  { collection: 'deadLetters', name: 'deadLettersByCause', key: { cause: 1, seq: -1 } },
  {
    ...{ collection: 'deadLetters', name: 'deadLettersByDocument', present: 'document' },
    key: { document: 1, seq: -1 },
  },
  { collection: 'deadLetters', name: 'deadLettersByOwner', key: { owner: 1, seq: -1 }, present: 'owner' },
  {
    ...{ collection: 'deadLetters', name: 'deadLettersDue', present: 'dueAt' },
    key: { state: 1, dueAt: 1, escalatedAt: 1 },
  },
  {
    ...{ collection: 'deadLetters', name: 'deadLettersCauses' },
    key: {
      ...{ cause: 1, state: 1, connection: 1, resource: 1, tenant: 1 },
      ...{ code: 1, kind: 1, at: 1, openedAt: 1, _id: 1 },
    },
  },

  { collection: 'connections', name: 'connectionsByArrival', key: { seq: -1 } },
  { collection: 'cursors', name: 'cursorsByConnection', key: { connection: 1, resource: 1 } },
  { collection: 'links', name: 'linksByDocument', key: { document: 1, connection: 1 } },
  { collection: 'links', name: 'linksByExternalId', key: { connection: 1, externalId: 1 } },
  { collection: 'stats', name: 'statsByMinute', key: { minute: 1, series: 1 } },
  { collection: 'stats', name: 'statsBySeries', key: { series: 1, minute: 1 } },
  { collection: 'audit', name: 'auditBySeq', key: { seq: -1 } },
  { collection: 'keys', name: 'keysByDigest', key: { digest: 1 }, unique: true },
  { collection: 'keys', name: 'keysByKind', key: { kind: 1, seq: -1 } },
  { collection: 'keys', name: 'keysByExpiry', key: { expiresAt: 1 }, present: 'expiresAt' },
  { collection: 'keys', name: 'keysByRevocation', key: { revokedAt: 1 }, present: 'revokedAt' },
  {
    ...{ collection: 'publishedMappings', name: 'publishedMappingsByNumber', unique: true },
    key: { mapping: 1, scope: 1, number: -1 },
  },
  { collection: 'publishedMappings', name: 'publishedMappingsByArrival', key: { seq: -1 } },
  { collection: 'drift', name: 'driftByTime', key: { lastAt: -1, seq: -1 } },
  { collection: 'drift', name: 'driftByConnection', key: { connection: 1, lastAt: -1, seq: -1 } },
  { collection: 'stock', name: 'stockByTenant', key: { tenant: 1, sku: 1 } },
  { collection: 'stock', name: 'stockBySku', key: { sku: 1, tenant: 1 } },
  { collection: 'stock', name: 'stockDue', key: { nextAt: 1, _id: 1 }, present: 'nextAt' },
] as const satisfies readonly (Omit<StoreIndex, 'collection'> & { collection: string })[]

/** `leases` and `erasureMarks` need no index but their `_id`. */
export type CollectionName = (typeof INDEXES)[number]['collection'] | 'leases' | 'erasureMarks'

/** Makes those that are missing; those that are there are left as they are. */
export async function createIndexes(db: Db): Promise<void> {
  const all: readonly StoreIndex[] = INDEXES
  const byCollection = Map.groupBy(all, ({ collection }) => collection)
  for (const [collection, indexes] of byCollection)
    await db.collection(collection).createIndexes(indexes.map(description))
}

const description = ({ name, key, unique, present }: StoreIndex): IndexDescription => ({
  name,
  key: new Map(Object.entries(key)),
  ...(unique && { unique }),
  ...(present && { partialFilterExpression: { [present]: { $exists: true } } }),
})
