import type { Records, TableName } from '../../move/sides.ts'
import { ENTRY } from '../audit.ts'
import { CONNECTION } from '../connections.ts'
import { CURSOR } from '../cursors.ts'
import { LETTER } from '../dead-letters.ts'
import { FINDING } from '../drift.ts'
import { MARK } from '../erasure.ts'
import { KEY } from '../keys.ts'
import { LEASE } from '../leases.ts'
import { LINK } from '../links.ts'
import { PUBLISHED } from '../published-mappings.ts'
import type { Parts } from '../repository.ts'
import { BUCKET } from '../stats.ts'
import { STOCK } from '../stock.ts'
import { movedMessages } from './messages.ts'
import { byArrival, byKey, type MovedTable } from './shaped-table.ts'
import { movedDeliveries, movedDocuments } from './tallied-tables.ts'

export type MovedTables = { readonly [T in TableName]: MovedTable<Records[T]> }

export function movedTables(parts: Pick<Parts, 'prepare' | 'tallies'>): MovedTables {
  const { prepare } = parts
  return {
    connections: byArrival(prepare, { table: 'connections', shape: CONNECTION }),
    keys: byArrival(prepare, { table: 'keys', shape: KEY }),
    audit: byKey(prepare, { table: 'audit', shape: ENTRY, key: 'seq' }),
    publishedMappings: byArrival(prepare, { table: 'publishedMappings', shape: PUBLISHED }),
    cursors: byKey(prepare, { table: 'cursors', shape: CURSOR, key: 'connection, resource' }),
    erasureMarks: byKey(prepare, { table: 'erasureMarks', shape: MARK, key: 'digest' }),
    leases: byKey(prepare, { table: 'leases', shape: LEASE, key: 'name' }),
    links: byKey(prepare, { table: 'links', shape: LINK, key: 'document, connection' }),
    documents: movedDocuments(parts),
    messages: movedMessages(parts),
    deliveries: movedDeliveries(parts),
    deadLetters: byArrival(prepare, { table: 'deadLetters', shape: LETTER }),
    drift: byArrival(prepare, { table: 'drift', shape: FINDING }),
    stock: byKey(prepare, { table: 'stock', shape: STOCK, key: 'tenant, sku' }),
    stats: byKey(prepare, { table: 'stats', shape: BUCKET, key: 'minute, series' }),
  }
}
