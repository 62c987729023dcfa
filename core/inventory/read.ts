import type { StockItem, StockOffer } from '../contracts/store.ts'
import type { Settling } from './offer.ts'

/** What a channel last told that it shows, by itself: in a poll or a webhook. */
export interface Reading {
  quantity: number
  /** When it was true, at the latest. */
  at: number
}

/** Units of the channel's sales that were heard of since: they may have been sold before or after. */
export const heardSince = ({ reservations }: StockItem, channel: string, at: number): number =>
  reservations
    .filter(one => one.channel === channel && one.at >= at)
    .reduce((sum, { quantity }) => sum + quantity, 0)

/**
 * A channel that does not compare, held against what it told. More than it can have: somebody raised it, and all of that
 * may be sold. Less than it should have, and every sale up to then has been heard of: somebody lowered it, or sold without
 * telling. Either way nobody knows its figure any longer, so it is written again as after a lost answer: from units that
 * nobody has, and what may have been sold unseen is not given back.
 */
export function read(
  offer: StockOffer,
  { quantity, at }: Reading,
  { now, settleMs, heard }: Settling & { heard: number },
): StockOffer {
  if (!isAfterWrite(offer, { quantity, at })) return offer
  const more = quantity - Math.max(0, offer.ceiling) - heard
  if (more > 0) return withoutShown({ ...offer, ceiling: quantity, drift: { quantity: more, at: now } })
  const less = offer.ceiling - quantity
  if (less <= 0 || now < at + settleMs) return offer
  return withoutShown({ ...offer, drift: { quantity: -less, at: now } })
}

/**
 * It told of itself, unasked. What agrees settles what differed before; what differs is kept until it tells something: sales
 * may still be to be heard of, and what was told before our write may be heard after it. The first that differs waits, since
 * later ones would put off the answer for ever.
 */
export function told(offer: StockOffer, reading: Reading): StockOffer {
  const { told: earlier, ...known } = offer
  if (!isAfterWrite(known, reading) || (earlier && reading.at < earlier.at)) return offer
  if (reading.quantity === Math.max(0, known.ceiling)) return earlier ? known : offer
  return earlier && isAfterWrite(known, earlier) ? offer : { ...known, told: reading }
}

/** What was told before the last write tells nothing of after it. */
const isAfterWrite = ({ at, shown }: StockOffer, reading: Reading): boolean =>
  at !== undefined && shown !== undefined && reading.at > at

/** What it told is held against it once that tells something. */
export function heardOut(offer: StockOffer, settling: Settling & { heard: number }): StockOffer {
  if (!offer.told || offer.sent || settling.now < offer.told.at + settling.settleMs) return offer
  const { told: reading, ...known } = offer
  return read(known, reading, settling)
}

export const withoutShown = ({ shown: _, ...offer }: StockOffer): StockOffer => offer
