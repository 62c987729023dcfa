import type { Reservation, StockCount, StockItem } from '../contracts/store.ts'
import { sold } from './offer.ts'
import { type StockRule, settleMs } from './rule.ts'
import type { OrderUnits } from './units.ts'

/** What the newest revision of an order wants of one item. */
export interface Wish extends OrderUnits {
  /** Document id. */
  order: string
  channel: string
  at: number
  endsAt: number
  /** What an earlier revision wanted, where the item may have forgotten it: its counts know of it. */
  before?: OrderUnits
  /** A source holds it that the ledger never heard of: it is older than the ledger, and in the counts. */
  isOld: boolean
}

/**
 * An order came, changed or went. Safe to repeat: what counts is the difference to what is known of it. Whatever changed
 * has to be held, and counted, again.
 */
export function ordered(item: StockItem, wish: Wish): StockItem {
  const { order, channel, quantity, direct, at } = wish
  const known = item.reservations.find(one => one.order === order)
  if (!known && !wish.before && (wish.isOld || wish.endsAt <= at)) return item
  const before = known ? orderedOf(known) : (wish.before ?? NOTHING)
  const more = { quantity: quantity - before.quantity, direct: direct - before.direct }
  const shippedAt = wish.shipped ? (known?.shippedAt ?? at) : undefined
  const isSame = more.quantity === 0 && more.direct === 0
  if (isSame && (!known || shippedAt === known.shippedAt)) return item
  const reservation = {
    ...{ order, channel, at: known?.at ?? at, ordered: { quantity, direct } },
    quantity: Math.max(0, (known?.quantity ?? 0) + more.quantity),
    endsAt: wish.endsAt,
    ...(shippedAt !== undefined && { shippedAt }),
    ...(isSame && known?.heldAt && { heldAt: known.heldAt }),
  }
  const offer = item.offers[channel]
  return {
    ...item,
    reservations: [...item.reservations.filter(one => one !== known), reservation],
    offers: offer ? { ...item.offers, [channel]: sold(offer, more.direct) } : item.offers,
  }
}

const NOTHING: OrderUnits = { quantity: 0, direct: 0 }

const orderedOf = ({ ordered: units, quantity }: Reservation): OrderUnits =>
  units ?? { quantity, direct: quantity }

/** A source confirmed that it holds the order. */
export function held(
  item: StockItem,
  order: string,
  { source, at }: { source: string; at: number },
): StockItem {
  const known = item.reservations.find(one => one.order === order)
  if (!known || known.heldAt?.[source] !== undefined) return item
  const reservation = { ...known, heldAt: { ...known.heldAt, [source]: at } }
  return { ...item, reservations: item.reservations.map(one => (one === known ? reservation : one)) }
}

/** Reservations without those that counts include by now, and those whose time is over. */
export function withoutEnded(item: StockItem, rule: StockRule, now: number): StockItem {
  const reservations = item.reservations.filter(
    one => one.endsAt > now && !rule.sources.some(source => isCounted(item, one, { source, rule, now })),
  )
  return reservations.length === item.reservations.length ? item : { ...item, reservations }
}

/** When a reservation ends by itself, or is to be looked at again. */
export function endsAt(reservation: Reservation, rule: StockRule, now: number): number {
  const { endsAt: end, heldAt = {}, shippedAt = 0 } = reservation
  const settled = [...Object.values(heldAt), shippedAt].map(at => at + settleMs(rule) + 1)
  return Math.min(end, ...settled.filter(at => at > now))
}

interface Counting {
  source: string
  rule: StockRule
  now: number
}

/**
 * Whether the counts of a source include an order that it holds: all were taken later; or the source has had time to
 * tell, and told something since about then. It may tell of one location only, and it may have counted in the moment
 * between its own commit and its answer. Whoever answers later than that is waited for to count again: decision 9 says why.
 */
function isCounted(
  { counts }: StockItem,
  reservation: Reservation,
  { source, rule, now }: Counting,
): boolean {
  const own = counts.filter(one => one.source === source)
  const since = inCountsFrom(reservation, source, own)
  if (since === undefined || own.length === 0) return false
  const times = own.map(({ at }) => at)
  if (times.every(at => at > since)) return true
  return now > since + settleMs(rule) && Math.max(...times) > since - settleMs(rule)
}

/** From when on counts of the source include the order: since it holds it; where it counts what lies there, since it left. */
function inCountsFrom(
  { heldAt, shippedAt }: Reservation,
  source: string,
  counts: readonly StockCount[],
): number | undefined {
  const since = heldAt?.[source]
  if (since === undefined || !counts.some(({ onHand }) => onHand)) return since
  return shippedAt === undefined ? undefined : Math.max(since, shippedAt)
}
