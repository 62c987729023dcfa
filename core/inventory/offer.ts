import type { StockOffer } from '../contracts/store.ts'

/**
 * The arithmetic of one channel's offer. Its bound is kept by every step: what the channel shows, and what it has sold
 * without the hub knowing, are together at most `ceiling`, `unseen` and what a write on its way may add. Figures may fall
 * below zero for a while, where a channel sold more than it was offered, or tells sales before the hub's own write.
 */
export const newOffer = (): StockOffer => ({ wanted: 0, ceiling: 0 })

export interface Settling {
  now: number
  settleMs: number
}

export const unseenOf = ({ unseen }: StockOffer): number => unseen?.quantity ?? 0

/** Units that it may still sell, beside those that were perhaps sold before its last write. */
export function exposureOf(offer: StockOffer): number {
  const { ceiling, sent, compares } = offer
  if (!sent) return Math.max(0, ceiling)
  const added = compares ? Math.max(0, sent.quantity - ceiling) : sent.quantity
  return Math.max(0, ceiling + added - sent.sold)
}

/** What it will show when nothing more happens. */
export const headingOf = ({ ceiling, shown, sent }: StockOffer): number =>
  sent ? sent.quantity - sent.sold : (shown ?? ceiling)

/** Whether what it shows, or is about to, is not what it is to show. */
export const differs = (offer: StockOffer): boolean =>
  offer.sent || offer.shown !== undefined ? headingOf(offer) !== offer.wanted : true

/** Sales that were heard of, or with a number below zero, units that orders no longer want. */
export function sold(offer: StockOffer, quantity: number): StockOffer {
  if (offer.sent) return { ...offer, sent: { ...offer.sent, sold: offer.sent.sold + quantity } }
  const seen = Math.min(Math.max(0, quantity), unseenOf(offer))
  const fresh = quantity - seen
  return {
    ...offer,
    ...withUnseen(unseenOf(offer) - seen, offer.unseen?.until),
    ceiling: offer.ceiling - fresh,
    ...(offer.shown === undefined ? {} : { shown: offer.shown - fresh }),
  }
}

/** A write of `wanted` is about to be sent: from here on it counts as if it had arrived, too. */
export function begun({ askedAt: _, parked: __, told: ___, ...offer }: StockOffer): StockOffer {
  // Whatever it showed before the hub's first write is not known to anybody.
  const isKnown = offer.at !== undefined || offer.ceiling > 0
  const expected = isKnown ? { expected: Math.max(0, offer.ceiling), since: offer.at } : {}
  return { ...offer, sent: { quantity: offer.wanted, ...expected, sold: 0 } }
}

/**
 * It arrived. `found`: what the channel showed right before. What is missing there was sold unseen, and the channel was
 * written so much less. Without it, all that the channel could sell may have been sold.
 */
export function confirmed(
  offer: StockOffer,
  found: number | undefined,
  { now, settleMs }: Settling,
): StockOffer {
  const { sent, checking, ...known } = offer
  if (!sent) return offer
  const { quantity, expected = 0 } = sent
  const missing = found === undefined ? expected : Math.max(0, expected - found)
  const written = found === undefined ? quantity : Math.max(0, quantity - missing)
  const until = missing > 0 ? now + settleMs : offer.unseen?.until
  const arrived: StockOffer = {
    ...known,
    ...withUnseen(unseenOf(offer) + missing, until),
    ceiling: written,
    shown: written,
    at: now,
    ...(found === undefined ? {} : { compares: true }),
    ...(checking && found !== undefined && found !== expected
      ? { drift: { quantity: found - expected, at: now } }
      : {}),
  }
  const { shown: _, ...after } = sold(arrived, sent.sold)
  // Units put back meanwhile may have been written over: nobody knows what it shows.
  return sent.sold < 0 ? after : { ...after, shown: after.ceiling }
}

/** It did not arrive, for certain. */
export function refused({ sent, ...offer }: StockOffer): StockOffer {
  return sent ? sold(offer, sent.sold) : offer
}

/** Nobody knows whether it arrived: the larger of both may be what the channel shows. */
export function lost(offer: StockOffer, { now, settleMs }: Settling): StockOffer {
  const { sent, shown: _, ...known } = offer
  if (!sent) return offer
  const ceiling = Math.max(offer.ceiling, sent.quantity)
  if (offer.compares) return sold({ ...known, ceiling }, sent.sold)
  const overwritten = Math.max(0, Math.min(offer.ceiling, sent.quantity))
  const unseen = withUnseen(unseenOf(offer) + overwritten, now + settleMs)
  return sold({ ...known, ...unseen, ceiling }, sent.sold)
}

/** What was not heard of in time was not sold. */
export function settled({ unseen, ...offer }: StockOffer, now: number): StockOffer {
  return unseen && unseen.until > now ? { ...offer, unseen } : offer
}

const withUnseen = (quantity: number, until: number | undefined): Pick<StockOffer, 'unseen'> => ({
  unseen: quantity > 0 && until !== undefined ? { quantity, until } : undefined,
})
