import type { StockItem, Store } from '../contracts/store.ts'
import { staleAt } from './counts.ts'
import type { StockRule, StockRules } from './rule.ts'

/** How the ledger of one tenant stands, in figures. */
export interface StockSurvey {
  tenant: string
  /** Items that a source counts. */
  items: number
  /** Of these, those with a count that is too old. */
  stale: number
  /** Those of which orders hold more than is counted. */
  oversold: number
  /** Those at which a compare found, and repaired, a difference within a day. */
  drifted: number
  channels: readonly ChannelSurvey[]
}

export interface ChannelSurvey {
  channel: string
  /** Items whose figure it shows as it ought to. */
  shown: number
  /** Items whose figure is on its way. */
  unpublished: number
  /** Items whose figure it would not take. */
  refused: number
}

const PAGE = 500
const DAY_MS = 86_400_000

/** Reads every ledger once, a page at a time: for whoever keeps the answer a while. */
export const surveyStock = (
  store: Pick<Store, 'stock'>,
  rules: StockRules,
  now: number,
): Promise<StockSurvey[]> => Promise.all([...rules.values()].map(rule => survey(store, rule, now)))

async function survey(store: Pick<Store, 'stock'>, rule: StockRule, now: number): Promise<StockSurvey> {
  const { tenant } = rule
  const channels = Object.keys(rule.channels).map(channel => ({
    ...{ channel, shown: 0, unpublished: 0, refused: 0 },
  }))
  const total = { tenant, items: 0, stale: 0, oversold: 0, drifted: 0, channels }
  let after: string | undefined
  for (;;) {
    const { items, next } = await store.stock.list({ tenant }, { limit: PAGE, after })
    for (const item of items) add(total, item, { rule, now })
    if (next === null) return total
    after = next
  }
}

type Total = StockSurvey & { channels: ChannelSurvey[] }

function add(total: Total, item: StockItem, { rule, now }: { rule: StockRule; now: number }): void {
  const counts = item.counts.filter(({ source }) => rule.sources.includes(source))
  if (counts.length > 0) total.items++
  if (counts.some(count => staleAt(count, rule) <= now)) total.stale++
  if (counts.length > 0 && isOversold(item)) total.oversold++
  if (Object.values(item.offers).some(({ drift }) => drift && drift.at > now - DAY_MS)) total.drifted++
  for (const channel of total.channels) {
    const state = stateOf(item, channel.channel)
    if (state) channel[state]++
  }
}

/** Orders hold more units than its sources count. */
export const isOversold = ({ counts, reservations }: Pick<StockItem, 'counts' | 'reservations'>): boolean =>
  sumOf(reservations.map(({ quantity }) => quantity)) >
  Math.max(0, sumOf(counts.map(({ available }) => available)))

function stateOf({ offers }: StockItem, channel: string): 'shown' | 'unpublished' | 'refused' | null {
  const offer = offers[channel]
  if (!offer) return null
  if (offer.parked) return 'refused'
  return offer.shown === offer.wanted && !offer.sent ? 'shown' : 'unpublished'
}

const sumOf = (units: readonly number[]): number => units.reduce((sum, one) => sum + one, 0)
