import type { StockCount, StockItem, StockOffer } from '../contracts/store.ts'
import { stockId } from '../kernel/ids.ts'
import { counted } from './counts.ts'
import { begun, confirmed, differs, lost, refused, type Settling } from './offer.ts'
import { heardSince, type Reading, read, told, withoutShown } from './read.ts'
import { held, ordered, type Wish } from './reservation.ts'
import { type Reviewing, review } from './review.ts'
import { settleMs } from './rule.ts'

/** What may happen to an item. */
export type StockEvent =
  | { kind: 'counted'; count: StockCount }
  | { kind: 'ordered'; wish: Wish }
  | { kind: 'held'; order: string; source: string; at: number }
  /** A write to a channel begins: its offer gets `sent`, unless there is nothing to write. */
  | { kind: 'begun'; channel: string }
  | { kind: 'confirmed'; channel: string; found?: number }
  /** It did not arrive; `lost`: it may have. `parked`: nobody will try again by himself. */
  | { kind: 'refused' | 'lost'; channel: string; parked: boolean }
  /** The next write to every channel that compares tells whether it shows what is known of it; the others may have been read. */
  | { kind: 'checked'; readings?: ReadonlyMap<string, Reading> }
  /** A channel told of itself what it shows: in a poll or webhook. */
  | { kind: 'told'; channel: string; reading: Reading }
  | { kind: 'reviewed' }

export const newItem = (tenant: string, sku: string, now: number): StockItem => ({
  id: stockId(tenant, sku),
  tenant,
  sku,
  version: 0,
  counts: [],
  reservations: [],
  offers: {},
  nextAt: null,
  updatedAt: now,
})

/** The item after an event and all that follows from it; the same item, when nothing does. Pure. */
export function reduceItem(item: StockItem, event: StockEvent, reviewing: Reviewing): StockItem {
  const { now } = reviewing
  const settling = settlingOf(reviewing)
  const after =
    event.kind === 'begun' ? begin(item, event.channel, reviewing) : applied(item, event, settling)
  const reviewed = review(after, reviewing)
  return isSame(item, reviewed) ? item : { ...reviewed, updatedAt: now }
}

/** Reservations may be thousands: steps that leave them alone leave the array itself. */
const isSame = (one: StockItem, other: StockItem): boolean =>
  one.counts === other.counts &&
  one.reservations === other.reservations &&
  one.nextAt === other.nextAt &&
  JSON.stringify(one.offers) === JSON.stringify(other.offers)

const settlingOf = ({ now, rule }: Reviewing): Settling => ({ now, settleMs: settleMs(rule) })

function applied(item: StockItem, event: Exclude<StockEvent, { kind: 'begun' }>, settling: Settling) {
  switch (event.kind) {
    case 'counted':
      return counted(item, event.count)
    case 'ordered':
      return ordered(item, event.wish)
    case 'held':
      return held(item, event.order, event)
    case 'confirmed':
      return withOffer(item, event.channel, offer => confirmed(offer, event.found, settling))
    case 'refused':
    case 'lost':
      return withOffer(item, event.channel, offer => failed(offer, event, settling))
    case 'checked':
      return checked(item, event.readings ?? new Map(), settling)
    case 'told':
      return withOffer(item, event.channel, offer =>
        offer.compares || offer.sent || offer.parked ? offer : told(offer, event.reading),
      )
    case 'reviewed':
      return item
  }
}

/** A write begins with the figure of the moment, so the goals are set before it. Who sent before did not live to tell how it ended. */
function begin(item: StockItem, channel: string, reviewing: Reviewing): StockItem {
  const settling = settlingOf(reviewing)
  const known = withOffer(item, channel, offer => lost(offer, settling))
  return withOffer(review(known, reviewing), channel, offer =>
    differs(offer) ? begun(offer) : { ...offer, askedAt: undefined, parked: undefined },
  )
}

function failed(
  offer: StockOffer,
  { kind, parked }: { kind: 'refused' | 'lost'; parked: boolean },
  settling: Settling,
): StockOffer {
  const ended = kind === 'lost' ? lost(offer, settling) : refused(offer)
  return parked ? { ...ended, askedAt: undefined, parked: true } : { ...ended, askedAt: settling.now }
}

function checked(item: StockItem, readings: ReadonlyMap<string, Reading>, settling: Settling): StockItem {
  const check = (channel: string, offer: StockOffer): StockOffer => {
    if (offer.sent || offer.parked) return offer
    const reading = readings.get(channel)
    if (offer.compares) return withoutShown({ ...offer, checking: true })
    return reading
      ? read(offer, reading, { ...settling, heard: heardSince(item, channel, reading.at) })
      : offer
  }
  const offers = Object.entries(item.offers).map(([channel, offer]) => [channel, check(channel, offer)])
  return { ...item, offers: Object.fromEntries(offers) }
}

function withOffer(item: StockItem, channel: string, change: (offer: StockOffer) => StockOffer): StockItem {
  const offer = item.offers[channel]
  return offer ? { ...item, offers: { ...item.offers, [channel]: change(offer) } } : item
}

/** Channels for which this change asks a delivery. */
export const askedBy = (before: StockItem | null, after: StockItem): string[] =>
  Object.entries(after.offers)
    .filter(([channel, { askedAt }]) => askedAt !== undefined && askedAt !== before?.offers[channel]?.askedAt)
    .map(([channel]) => channel)
