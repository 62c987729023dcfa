import type { Delivery } from '../../contracts/store.ts'
import type { DeliveryRecord } from '../delivery-rules.ts'
import type { Prepare } from './database.ts'
import { type Row, shapeOf } from './rows.ts'
import type { Tallies, TallyKey } from './tallies.ts'

export const DELIVERY = shapeOf<DeliveryRecord>(
  [
    ...([
      'id',
      'document',
      'resource',
      'tenant',
      'source',
      'destination',
      'flow',
      'revision',
      'receivedAt',
    ] as const),
    ...([
      'priority',
      'state',
      'confirmedRevision',
      'claimedRevision',
      'reason',
      'waitsFor',
      'nextAt',
    ] as const),
    ...([
      'readyAt',
      'claimToken',
      'claims',
      'spent',
      'wantedAt',
      'uncertain',
      'attempts',
      'confirmedAt',
    ] as const),
  ],
  { attempts: 'json', uncertain: 'flag' },
)

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
  const update = prepare(`UPDATE deliveries SET ${DELIVERY.assignments} WHERE seq = ?`)

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
      update.run(...DELIVERY.values(after), seq)
      const [from, to] = [deliveryTally(before), deliveryTally(after)]
      tallies.move(from, to)
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
