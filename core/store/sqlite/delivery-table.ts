import type { Delivery } from '../../contracts/store.ts'
import type { DeliveryRecord } from '../delivery-rules.ts'
import type { Prepare } from './database.ts'
import { type Row, shapeOf } from './rows.ts'
import type { Tallies, TallyKey } from './tallies.ts'

const CODECS = { attempts: 'json', uncertain: 'flag' } as const

/** What never changes after the insert: its id says it. */
const FACTS = ['id', 'document', 'resource', 'tenant', 'source', 'destination'] as const

const WORK = [
  ...(['flow', 'revision', 'receivedAt', 'priority', 'state', 'confirmedRevision'] as const),
  ...(['claimedRevision', 'reason', 'waitsFor', 'nextAt', 'readyAt', 'claimToken', 'claims'] as const),
  ...(['spent', 'wantedAt', 'uncertain', 'attempts', 'confirmedAt'] as const),
] as const

export const DELIVERY = shapeOf<DeliveryRecord>([...FACTS, ...WORK], CODECS)

/** An update that names a column rewrites its indexes, changed or not. */
const WORK_SHAPE = shapeOf<DeliveryRecord>(WORK, CODECS)

export const deliveryTally = ({
  destination,
  state,
  tenant,
  resource,
  source,
}: DeliveryRecord): TallyKey => ({
  kind: 'delivery',
  place: destination,
  state,
  tenant,
  topic: resource,
  origin: source,
})

export interface StoredDelivery {
  seq: number
  record: DeliveryRecord
}

/** The rows of deliveries, the tallies kept with them. Writes are to be called inside a transaction. */
export function deliveryTable(prepare: Prepare, tallies: Tallies) {
  const byId = prepare(`SELECT seq, ${DELIVERY.columns} FROM deliveries WHERE id = ?`)
  const insert = prepare(`INSERT INTO deliveries (${DELIVERY.columns}) VALUES (${DELIVERY.places})`)
  const update = prepare(`UPDATE deliveries SET ${WORK_SHAPE.assignments} WHERE seq = ?`)

  return {
    find(id: string): StoredDelivery | null {
      const row = byId.get(id)
      return row ? storedDelivery(row) : null
    },

    insert(record: DeliveryRecord): void {
      insert.run(...DELIVERY.values(record))
      tallies.add(deliveryTally(record), 1)
    },

    update({ seq, record: before }: StoredDelivery, after: DeliveryRecord): void {
      update.run(...WORK_SHAPE.values(after), seq)
      if (after.state !== before.state) tallies.move(deliveryTally(before), deliveryTally(after))
    },
  }
}

export const storedDelivery = (row: Row): StoredDelivery => ({
  seq: Number(row.seq),
  record: DELIVERY.record(row),
})

/** Without what only the store is to know. */
export function visibleDelivery(record: DeliveryRecord): Delivery {
  const {
    readyAt: _readyAt,
    claimToken: _claimToken,
    claimedRevision: _claimedRevision,
    ...delivery
  } = record
  return delivery
}
