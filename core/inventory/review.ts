import type { StockItem, StockOffer } from '../contracts/store.ts'
import { allocate } from './allocate.ts'
import { staleAt } from './counts.ts'
import { differs, newOffer, type Settling, settled } from './offer.ts'
import { poolOf } from './pool.ts'
import { heardOut, heardSince } from './read.ts'
import { endsAt, withoutEnded } from './reservation.ts'
import { type StockRule, settleMs } from './rule.ts'

/** A delivery that was asked for and has not begun by then is asked for again: the asking may have died with its process. */
export const ASK_AGAIN_MS = 60_000

export interface Reviewing {
  rule: StockRule
  now: number
  /** Of a bundle: what each channel is to show of it. It has no units of its own. */
  figures?: ReadonlyMap<string, number>
}

/**
 * The item with everything that follows from it: what ended is taken out, every channel has its goal, deliveries are asked
 * for where a channel shows something else, and `nextAt` says when to look again although nothing happened.
 */
export function review(item: StockItem, { rule, now, figures }: Reviewing): StockItem {
  const current = withoutEnded(settledOffers(item, { now, settleMs: settleMs(rule) }), rule, now)
  const goals = figures ?? ownGoals(current, rule, now)
  const offers: Record<string, StockOffer> = { ...current.offers }
  for (const [channel, goal] of goals) offers[channel] = aimed(offers[channel] ?? newOffer(), goal, now)
  const reviewed = { ...current, offers }
  return { ...reviewed, nextAt: nextAt(reviewed, rule, now) }
}

/** What no source counts is nobody's to offer: perhaps it is a service. */
const ownGoals = (item: StockItem, rule: StockRule, now: number): ReadonlyMap<string, number> =>
  item.counts.some(({ source }) => rule.sources.includes(source))
    ? allocate(item, rule, poolOf(item, rule, now))
    : new Map()

function settledOffers(item: StockItem, settling: Settling): StockItem {
  const settledOf = (channel: string, offer: StockOffer): StockOffer => {
    const heard = offer.told ? heardSince(item, channel, offer.told.at) : 0
    return heardOut(settled(offer, settling.now), { ...settling, heard })
  }
  const offers = Object.entries(item.offers).map(([channel, offer]) => [channel, settledOf(channel, offer)])
  return { ...item, offers: Object.fromEntries(offers) }
}

function aimed(offer: StockOffer, goal: number, now: number): StockOffer {
  const isNew = goal !== offer.wanted || !offer.parked
  const aimedAt = { ...offer, wanted: goal }
  if (!differs(aimedAt)) return { ...aimedAt, askedAt: undefined, parked: undefined }
  const isAsked = offer.askedAt !== undefined && now < offer.askedAt + ASK_AGAIN_MS
  return isAsked || !isNew ? aimedAt : { ...aimedAt, askedAt: now, parked: undefined }
}

function nextAt(item: StockItem, rule: StockRule, now: number): number | null {
  const times = [
    ...item.reservations.map(one => endsAt(one, rule, now)),
    ...item.counts.map(count => staleAt(count, rule)),
    ...Object.values(item.offers).flatMap(({ unseen, askedAt, told }) => [
      unseen?.until ?? Number.POSITIVE_INFINITY,
      told === undefined ? Number.POSITIVE_INFINITY : told.at + settleMs(rule),
      askedAt === undefined ? Number.POSITIVE_INFINITY : askedAt + ASK_AGAIN_MS,
    ]),
  ].filter(at => at > now)
  const next = Math.min(...times)
  return Number.isFinite(next) ? next : null
}
