import type { StockItem, StockOffer } from '../contracts/store.ts'
import { exposureOf, headingOf, newOffer } from './offer.ts'
import type { Pool } from './pool.ts'
import { figureOf, type StockRule } from './rule.ts'
import { split } from './split.ts'

/** A channel with what it has, and what it ought to have. */
interface Holder {
  channel: string
  priority: number
  offer: StockOffer
  /** What it may sell at most, now. */
  exposure: number
  /** What it will show when nothing more happens. */
  heading: number
  share: number
}

/**
 * What every channel is to show now, as far as it may be asked for: by rule, where there is plenty; its share of the pool
 * where the pool is split, and always where a channel cannot compare, because writing over its figure may write over
 * sales. Shares are not followed unit by unit: who has less than half of its share is filled up, from what nobody has, and
 * else from those who have more than theirs. More is given only once it has been taken from somebody.
 */
export function allocate(item: StockItem, rule: StockRule, pool: Pool): Map<string, number> {
  const holders = holdersOf(item, rule, pool)
  if (pool.units <= rule.splitBelow) return new Goals(holders, pool).goals()
  return new Map(holders.map(holder => [holder.channel, plentiful(holder, rule, pool)]))
}

/** The rule's figure; of a channel that is known not to compare about its share, written as seldom as can be. */
function plentiful({ channel, offer, heading, share }: Holder, rule: StockRule, pool: Pool): number {
  const isBlind = offer.at !== undefined && !offer.compares
  if (!isBlind) return figureOf(rule.channels[channel]!, pool.unitsFor(channel))
  if (offer.shown === undefined && !offer.sent) return Math.min(heading, share)
  return heading * 2 < share || heading > share * 2 ? share : heading
}

function holdersOf({ offers }: StockItem, rule: StockRule, pool: Pool): Holder[] {
  const channels = Object.entries(rule.channels)
  const shares = split(
    channels.map(([channel, one]) => ({
      ...{ channel, priority: one.priority, minimum: one.minimum },
      most: figureOf(one, pool.unitsFor(channel)),
    })),
    pool.budgets,
  )
  return channels
    .map(([channel, { priority }]) => {
      const offer = offers[channel] ?? newOffer()
      const now = { exposure: exposureOf(offer), heading: Math.max(0, headingOf(offer)) }
      return { channel, priority, offer, ...now, share: shares.get(channel)! }
    })
    .toSorted((a, b) => a.priority - b.priority || (a.channel < b.channel ? -1 : 1))
}

/** Goals of a split pool: at any moment the sum of all that may be sold stays within every budget. */
class Goals {
  readonly #holders: readonly Holder[]
  readonly #goals: Map<string, number>
  /** What of each budget nobody has; below zero: more was offered than there is by now. */
  readonly #slack: { members: ReadonlySet<string>; units: number }[]

  constructor(holders: readonly Holder[], { budgets }: Pool) {
    this.#holders = holders
    this.#goals = new Map(holders.map(({ channel, heading }) => [channel, heading]))
    this.#slack = budgets.map(({ members, units }) => ({
      members,
      units: holders.reduce(
        (left, { channel, exposure }) => (members.has(channel) ? left - exposure : left),
        units,
      ),
    }))
  }

  goals(): Map<string, number> {
    this.#takeBack()
    for (const holder of this.#holders) this.#writeAgain(holder)
    for (const holder of this.#holders) this.#fillUp(holder)
    return this.#goals
  }

  /** Where more is offered than there is, whoever has more than its share gives it back; who cannot compare, all of it. */
  #takeBack(): void {
    for (const comparing of [true, false])
      for (const budget of this.#slack) {
        let excess = -budget.units - this.#comingBack(budget.members)
        for (const one of this.#holders) {
          if (excess <= 0) break
          if (!budget.members.has(one.channel) || isComparing(one) !== comparing) continue
          excess -= this.#lower(one)
        }
      }
  }

  /** What has been asked back already and is not yet confirmed. */
  #comingBack(members: ReadonlySet<string>): number {
    let units = 0
    for (const { channel, exposure } of this.#holders)
      if (members.has(channel)) units += Math.max(0, exposure - this.#goals.get(channel)!)
    return units
  }

  /** Lowers a goal to the share; how many units that will give back. */
  #lower(holder: Holder): number {
    const { channel, exposure, share } = holder
    const goal = this.#goals.get(channel)!
    if (Math.max(goal, exposure) <= share) return 0
    const lowered = isComparing(holder) ? share : 0
    if (lowered >= goal) return 0
    this.#goals.set(channel, lowered)
    return goal - lowered
  }

  /** What cannot compare and nobody knows the figure of: all that it may show counts beside what is written over it. */
  #writeAgain(holder: Holder): void {
    const { channel, exposure, offer } = holder
    if (isComparing(holder) || offer.shown !== undefined || offer.sent || exposure === 0) return
    const goal = Math.min(this.#goals.get(channel)!, this.#slackOf(channel))
    this.#goals.set(channel, goal)
    this.#spend(channel, goal)
  }

  #fillUp(holder: Holder): void {
    const { channel, exposure, heading, share, offer } = holder
    if (this.#goals.get(channel)! < heading || offer.sent) return
    const missing = share - exposure
    if (missing <= 0) return
    const isLow = exposure * 2 < share
    // What cannot compare is written only when it is worth it: all that it has counts a second time for a while.
    if (!isComparing(holder) && !isLow) return
    const slack = this.#slackOf(channel)
    const goal = isComparing(holder) ? exposure + Math.min(missing, slack) : Math.min(share, slack)
    if (goal > heading) {
      this.#goals.set(channel, goal)
      this.#spend(channel, isComparing(holder) ? goal - exposure : goal)
    }
    if (isLow && goal < share) this.#askOthers(holder, share - Math.max(goal, exposure))
  }

  /** Who has more than its share, and clearly more than the one in need, gives it up. */
  #askOthers(needy: Holder, units: number): void {
    let missing = units
    for (const comparing of [true, false])
      for (const one of this.#holders.toReversed()) {
        if (missing <= 0) return
        if (one === needy || isComparing(one) !== comparing || !this.#sharesBudget(one, needy)) continue
        // The last units are not passed to and fro.
        const lead = one.priority === needy.priority ? 2 : 1
        if (one.exposure - needy.exposure >= lead && !one.offer.sent) missing -= this.#lower(one)
      }
  }

  #sharesBudget(one: Holder, other: Holder): boolean {
    return this.#slack.some(({ members }) => members.has(one.channel) && members.has(other.channel))
  }

  #slackOf(channel: string): number {
    const own = this.#slack.filter(({ members }) => members.has(channel)).map(({ units }) => units)
    return Math.max(0, Math.min(...own))
  }

  #spend(channel: string, units: number): void {
    for (const budget of this.#slack) if (budget.members.has(channel)) budget.units -= units
  }
}

const isComparing = ({ offer }: Holder): boolean => offer.compares === true
