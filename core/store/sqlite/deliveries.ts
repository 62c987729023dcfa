import type { Deliveries, Delivery, DeliveryFilter } from '../../contracts/store.ts'
import {
  claimDelivery,
  reopenDelivery,
  settleDelivery,
  wakeDelivery,
  wantDelivery,
} from '../delivery-rules.ts'
import { recounted } from '../work-rules.ts'
import { DELIVERY, deliveryTable, storedDelivery, visibleDelivery } from './delivery-table.ts'
import { Listing } from './listing.ts'
import type { Parts } from './repository.ts'

const WAKE_LIMIT = 1_000

export function createDeliveries({ prepare, write, tallies }: Parts): Deliveries {
  const table = deliveryTable(prepare, tallies)
  const waiting = prepare(
    `SELECT seq, ${DELIVERY.columns} FROM deliveries
     WHERE waitsFor = ? AND destination = ? AND state = 'waiting' ORDER BY seq LIMIT ${WAKE_LIMIT}`,
  )
  const held = prepare(
    `SELECT seq, ${DELIVERY.columns} FROM deliveries
     WHERE destination = ? AND state = 'held' ORDER BY seq LIMIT ${WAKE_LIMIT}`,
  )

  const listing = new Listing<DeliveryFilter, Delivery>({
    prepare,
    table: 'deliveries',
    columns: DELIVERY.columns,
    terms: {
      tenant: 'tenant = ?',
      source: 'source = ?',
      destination: 'destination = ?',
      resource: 'resource = ?',
      state: 'state = ?',
      document: 'document = ?',
    },
    toItem: row => visibleDelivery(DELIVERY.record(row)),
    tallied: {
      ...{ tallies, kind: 'delivery', place: 'destination', state: 'state' },
      terms: {
        tenant: 'tenant = ?',
        source: 'origin = ?',
        destination: 'place = ?',
        resource: 'topic = ?',
        state: 'state = ?',
      },
    },
  })

  return {
    want: (wanted, now) =>
      write(() => {
        const found = table.find(wanted.id)
        const record = wantDelivery(found?.record ?? null, wanted, now)
        if (!record) return false
        if (found) table.update(found, record)
        else table.insert(record)
        return true
      }),

    claim: (id, claim) =>
      write(() => {
        const found = table.find(id)
        const record = found && claimDelivery(found.record, claim)
        if (!record) return null
        table.update(found, record)
        return visibleDelivery(record)
      }),

    recount: (id, token, claims) =>
      write(() => {
        const found = table.find(id)
        const record = found && recounted(found.record, token, claims)
        if (!record) return false
        table.update(found, record)
        return true
      }),

    settle: (id, token, outcome) =>
      write(() => {
        const found = table.find(id)
        const record = found && settleDelivery(found.record, token, outcome)
        if (!record) return false
        table.update(found, record)
        return true
      }),

    async get(id) {
      const found = table.find(id)
      return found && visibleDelivery(found.record)
    },

    list: async (filter, page) => listing.page(filter, page),

    async wake(what, now) {
      const rows = () =>
        'heldAt' in what ? held.all(what.heldAt) : waiting.all(what.waitsFor, what.destination)
      // Asked after every confirmation, and mostly nobody waits: then there is nothing to write.
      if (rows().length === 0) return []
      return write(() =>
        rows()
          .map(storedDelivery)
          .map(found => {
            table.update(found, wakeDelivery(found.record, now))
            return found.record.id
          }),
      )
    },

    reopen: (id, now) =>
      write(() => {
        const found = table.find(id)
        const record = found && reopenDelivery(found.record, now)
        if (!record) return false
        table.update(found, record)
        return true
      }),
  }
}
