import type { Document } from 'mongodb'
import type { StatBucket, StoredAuditEntry } from '../../../contracts/store.ts'
import type { Placed, Records, TableName } from '../../move/sides.ts'
import { unclaimed } from '../../move/unclaimed.ts'
import { movedSeq } from '../arrivals.ts'
import { ENTRY, entryOf, place } from '../audit.ts'
import { CONNECTION } from '../connections.ts'
import { CURSOR } from '../cursors.ts'
import { LETTER } from '../dead-letters.ts'
import { DELIVERY } from '../deliveries.ts'
import { DOCUMENT } from '../documents.ts'
import { FINDING, findingOf, idOf } from '../drift.ts'
import { MARK } from '../erasure.ts'
import { KEY } from '../keys.ts'
import { LEASE } from '../leases.ts'
import { LINK } from '../links.ts'
import { MESSAGE, recordOf } from '../message-rows.ts'
import { PUBLISHED } from '../published-mappings.ts'
import type { Row } from '../shape.ts'
import { bucketOf, encoded } from '../stats.ts'
import { STOCK } from '../stock.ts'
import { byArrival, byKey, keyOf, type MovedTable, VERSIONED } from './shaped-table.ts'

type MovedTables = { readonly [T in TableName]: MovedTable<Records[T]> }

const published = byArrival(PUBLISHED)

export const MOVED_TABLES: MovedTables = {
  connections: byArrival(CONNECTION),
  keys: byArrival(KEY),
  audit: { order: { seq: 1 }, row: ({ record }) => auditRow(record), record: entryOf },
  publishedMappings: {
    ...published,
    row: placed => ({ ...published.row(placed), _id: keyOf(placed.record, ['mapping', 'scope', 'number']) }),
  },
  cursors: byKey(CURSOR, ['connection', 'resource']),
  erasureMarks: {
    order: { _id: 1 },
    row: ({ record }) => MARK.stored(record) as Row,
    record: MARK.record,
  },
  leases: { order: { _id: 1 }, row: ({ record }) => LEASE.stored(record) as Row, record: LEASE.record },
  links: byKey(LINK, ['document', 'connection']),
  documents: { ...byArrival(DOCUMENT, VERSIONED), record: movedDocument },
  messages: { order: { seq: 1 }, row: messageRow, record: movedMessage },
  deliveries: { ...byArrival(DELIVERY, VERSIONED), record: row => unclaimed(DELIVERY.record(row)) },
  deadLetters: byArrival(LETTER, VERSIONED),
  drift: {
    order: { seq: 1 },
    row: ({ arrival, record }) =>
      byArrival(FINDING, VERSIONED).row({ arrival, record: { ...record, id: idOf(record) } }),
    record: findingOf,
  },
  stock: {
    order: { tenant: 1, sku: 1 },
    row: ({ record }) => ({ ...STOCK.stored(record), ...VERSIONED }) as unknown as Row,
    record: STOCK.record,
  },
  stats: { order: { minute: 1, series: 1 }, row: ({ record }) => statRow(record), record: bucketOf },
}

/** By what it is found is made anew where it arrives. */
function movedDocument(row: Document): Records['documents'] {
  const { subjects: _subjects, ...document } = DOCUMENT.record(row)
  return document
}

const auditRow = ({ seq, ...content }: StoredAuditEntry): Row => ({
  ...ENTRY.stored(content),
  _id: place(seq),
  seq: place(seq),
})

function messageRow({ arrival, record }: Placed<Records['messages']>): Row {
  const { headers, body, edited, ...facts } = record
  const edit = edited && { editedBody: edited.body, editedBy: edited.by, editedAt: edited.at }
  return {
    ...(MESSAGE.stored({ ...facts, ...edit }) as Row),
    headers: JSON.stringify(headers),
    body,
    // Lists between two times look at the time of receipt in it.
    seq: movedSeq(record.receivedAt, arrival),
    ...VERSIONED,
  }
}

function movedMessage(row: Document): Records['messages'] {
  const { editedBy, editedAt, ...record } = unclaimed(recordOf(row))
  const { headers, body, editedBody } = row
  return {
    ...record,
    headers: JSON.parse(headers),
    body,
    ...(editedBody && { edited: { body: editedBody, by: editedBy!, at: editedAt! } }),
  }
}

/** Counters and buckets as increments leave them. */
const statRow = ({ minute, series, counts, latency }: StatBucket): Row => ({
  _id: keyOf({ minute, series }, ['minute', 'series']),
  ...{ minute, series },
  counts: Object.fromEntries(Object.entries(counts).map(([name, count]) => [encoded(name), count])),
  latency: Object.fromEntries(latency.map((count, index) => [String(index), count])),
})
