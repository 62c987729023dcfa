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
  // What was told before the last write tells nothing of after it.
  if (offer.at === undefined || at <= offer.at || offer.shown === undefined) return offer
  const more = quantity - Math.max(0, offer.ceiling) - heard
  if (more > 0) return withoutShown({ ...offer, ceiling: quantity, drift: { quantity: more, at: now } })
  const less = offer.ceiling - quantity
  if (less <= 0 || now < at + settleMs) return offer
  return withoutShown({ ...offer, drift: { quantity: -less, at: now } })
}

export const withoutShown = ({ shown: _, ...offer }: StockOffer): StockOffer => offer
