import type { StoredDocument } from '../../../contracts/store.ts'
import type { DeliveryRecord } from '../../delivery-rules.ts'
import { unclaimed } from '../../move/unclaimed.ts'
import { DELIVERY, deliveryTally } from '../delivery-table.ts'
import { documentSubjects } from '../document-subjects.ts'
import { DOCUMENT, documentOf, documentTally, rowOf } from '../documents.ts'
import type { Parts } from '../repository.ts'
import type { Shape } from '../rows.ts'
import { byArrival, type MovedTable } from './shaped-table.ts'

type Counted = Pick<Parts, 'prepare' | 'tallies'>

/** As stored, the order in three columns. */
const STORED_DOCUMENT: Shape<StoredDocument> = {
  ...DOCUMENT,
  values: document => DOCUMENT.values(rowOf(document)),
  record: documentOf,
}

export function movedDocuments({ prepare, tallies }: Counted): MovedTable<StoredDocument> {
  const { read, insert } = byArrival(prepare, { table: 'documents', shape: STORED_DOCUMENT })
  const subjects = documentSubjects(prepare)
  return {
    read,
    insert(placed) {
      insert(placed)
      subjects.leaveForLater(placed.arrival, placed.record)
      tallies.add(documentTally(placed.record), 1)
    },
  }
}

const UNCLAIMED_DELIVERY: Shape<DeliveryRecord> = {
  ...DELIVERY,
  record: row => unclaimed(DELIVERY.record(row)),
}

export function movedDeliveries({ prepare, tallies }: Counted): MovedTable<DeliveryRecord> {
  const { read, insert } = byArrival(prepare, { table: 'deliveries', shape: UNCLAIMED_DELIVERY })
  return {
    read,
    insert(placed) {
      insert(placed)
      tallies.add(deliveryTally(placed.record), 1)
    },
  }
}
