import type { StockItem, StockOffer } from '#core/contracts/store.ts'
import { instantOf, withInstants } from '../times.ts'

/** An item of the ledger: what is counted, reserved and offered. */
export function stockView({ id, tenant, sku, counts, reservations, offers, nextAt, updatedAt }: StockItem) {
  return {
    ...{ id, tenant, sku },
    counted: counts.reduce((sum, { available }) => sum + available, 0),
    reserved: reservedOf({ reservations }),
    counts: counts.map(count => withInstants(count, 'at')),
    reservations: reservations.filter(({ quantity }) => quantity > 0).length,
    offers: Object.entries(offers).map(offerView),
    nextAt: nextAt === null ? null : instantOf(nextAt),
    updatedAt: instantOf(updatedAt),
  }
}

/** Units that orders hold and no count knows of. */
export const reservedOf = ({ reservations }: Pick<StockItem, 'reservations'>): number =>
  reservations.reduce((sum, { quantity }) => sum + quantity, 0)

const offerView = ([channel, { wanted, shown, unseen, at, parked, sent, drift }]: [string, StockOffer]) => ({
  ...{ channel, wanted, shown: shown ?? null },
  unseen: unseen?.quantity ?? 0,
  confirmedAt: instantOf(at),
  drift: drift ? withInstants(drift, 'at') : null,
  state: parked ? 'refused' : sent ? 'sending' : shown === wanted ? 'shown' : 'waiting',
})
