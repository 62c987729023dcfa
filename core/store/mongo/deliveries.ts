import type { Claim, Deliveries, Delivery } from '../../contracts/store.ts'
import {
  type DeliveryRecord,
  reopenDelivery,
  settleDelivery,
  wakeDelivery,
  wantDelivery,
} from '../delivery-rules.ts'
import { recounted } from '../work-rules.ts'
import { ClaimBatches } from './batch/claim-batches.ts'
import { statementOf } from './batch/update-batches.ts'
import { WaitingBatches } from './batch/waiting-batches.ts'
import { claimUpdate, HeldClaims } from './claims.ts'
import { equals } from './filters.ts'
import { Listing } from './listing.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './shape.ts'
import { Table } from './table.ts'

export const DELIVERY = shapeOf<DeliveryRecord>({ id: 'id' })
const WAKE_LIMIT = 1_000

/** What `claimDelivery` adds to a claim. */
const claimedBy = ({ now }: Claim) => ({
  claimedRevision: '$revision',
  uncertain: { $or: ['$uncertain', { $gt: ['$claims', 0] }] },
  state: { $cond: [LAPSING, '$state', 'pending'] },
  wantedAt: { $cond: [LAPSING, { $literal: now }, '$wantedAt'] },
})

const LAPSING = { $eq: ['$state', 'confirmed'] }

export function createDeliveries({ collection, arrivals }: Parts): Deliveries {
  const deliveries = collection('deliveries')
  const table = new Table<DeliveryRecord>({ collection: deliveries, shape: DELIVERY, arrivals })
  const claims = new ClaimBatches(deliveries, claim => [
    ...claimUpdate(claim, claimedBy(claim)),
    { $unset: ['waitsFor'] },
  ])
  const waiting = new WaitingBatches(deliveries, WAKE_LIMIT)
  const heldAt = (destination: string) =>
    deliveries
      .find({ destination: { $eq: destination }, state: 'held' }, { batchSize: WAKE_LIMIT })
      .limit(WAKE_LIMIT)
      .toArray()
  const held = new HeldClaims<DeliveryRecord>()
  const listing = new Listing<Delivery>({
    collection: deliveries,
    toItem: row => visible(DELIVERY.record(row)),
  })

  return {
    async want(wanted, now) {
      const rule = (stored: DeliveryRecord | null) => wantDelivery(stored, wanted, now)
      return (await table.change({ id: wanted.id, at: now, rule })) !== null
    },

    async claim(id, claim) {
      const row = await claims.claim(id, claim)
      if (!row) return null
      const stored = table.stored(row)
      held.keep(stored)
      return visible(stored.record)
    },

    async recount(id, token, claims) {
      const counted = await table.change({
        id,
        known: held.take(id, token),
        rule: delivery => delivery && recounted(delivery, token, claims),
      })
      return counted !== null
    },

    async settle(id, token, outcome) {
      const settled = await table.change({
        id,
        known: held.take(id, token),
        rule: delivery => delivery && settleDelivery(delivery, token, outcome),
      })
      return settled !== null
    },

    async get(id) {
      const stored = await table.find(id)
      return stored && visible(stored.record)
    },

    list: (filter, page) =>
      listing.page(
        equals(['tenant', 'source', 'destination', 'resource', 'state', 'document'], filter),
        page,
      ),

    async wake(what, now) {
      const rows = await ('heldAt' in what ? heldAt(what.heldAt) : waiting.waitingFor(what))
      if (rows.length === 0) return []
      const woken = rows.map(table.stored)
      const updates = woken.map(stored =>
        statementOf(table.updateOf(stored.record.id, stored, wakeDelivery(stored.record, now))),
      )
      // One that somebody changed meanwhile is left as it is, and asking for it again does no harm.
      await deliveries.bulkWrite(updates, { ordered: false })
      return woken.map(({ record }) => record.id)
    },

    async reopen(id, now) {
      const rule = (delivery: DeliveryRecord | null) => delivery && reopenDelivery(delivery, now)
      return (await table.change({ id, rule })) !== null
    },
  }
}

/** Without what only the store is to know. */
function visible({
  readyAt: _readyAt,
  claimToken: _claimToken,
  claimedRevision: _claimedRevision,
  ...delivery
}: DeliveryRecord): Delivery {
  return delivery
}
