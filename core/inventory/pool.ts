import type { StockItem } from '../contracts/store.ts'
import { unitsByLocation } from './counts.ts'
import { unseenOf } from './offer.ts'
import type { StockRule } from './rule.ts'

/** Channels that draw on the same units: all whose locations lie among these. */
export interface Budget {
  members: ReadonlySet<string>
  units: number
}

export interface Pool {
  /** Units that may still be sold over all locations. */
  units: number
  /** What no sum of offers may exceed. Together they hold for every choice of locations. */
  budgets: readonly Budget[]
  /** Units in the locations of a channel. */
  unitsFor(channel: string): number
}

/** Channels rarely differ in their locations; beyond this many differing sets, unions are left to the pool as a whole. */
const MOST_UNIONS = 64

type Places = ReadonlySet<string>

/**
 * What there is to sell: counts, less what orders hold that the counts do not know, less what was perhaps sold unseen.
 * An order may be served from any location of its channel, so it lessens every set of locations that shares one.
 */
export function poolOf(item: StockItem, rule: StockRule, now: number): Pool {
  const units = unitsByLocation(item, rule, now)
  const all: Places = new Set(units.keys())
  const placesOf = (channel: string): Places => {
    const named = rule.channels[channel]?.locations
    return named ? new Set(named.filter(place => all.has(place))) : all
  }
  const taken = takenBy(item)

  function free(places: Places): number {
    let sum = 0
    for (const place of places) sum += units.get(place)!
    for (const [channel, quantity] of taken)
      if (places === all || overlaps(placesOf(channel), places)) sum -= quantity
    return Math.max(0, Math.floor(sum))
  }

  const channels = Object.keys(rule.channels)
  const sets = unions(
    channels.map(channel => placesOf(channel)),
    all,
  )
  return {
    units: free(all),
    budgets: sets.map(places => ({
      units: free(places),
      members: new Set(channels.filter(channel => lieWithin(placesOf(channel), places))),
    })),
    unitsFor: channel => free(placesOf(channel)),
  }
}

function takenBy({ reservations, offers }: StockItem): Map<string, number> {
  const taken = new Map<string, number>()
  const add = (channel: string, quantity: number) => taken.set(channel, (taken.get(channel) ?? 0) + quantity)
  for (const { channel, quantity } of reservations) add(channel, quantity)
  for (const [channel, offer] of Object.entries(offers)) add(channel, unseenOf(offer))
  return taken
}

const overlaps = (one: Places, other: Places): boolean => [...one].some(place => other.has(place))

const lieWithin = (one: Places, other: Places): boolean => [...one].every(place => other.has(place))

function unions(sets: readonly Places[], all: Places): Places[] {
  const found = new Map<string, Places>([[keyOf(all), all]])
  for (const set of sets)
    for (const known of [new Set<string>(), ...found.values()]) {
      if (found.size >= MOST_UNIONS) return [...found.values()]
      const union = new Set([...known, ...set])
      if (!found.has(keyOf(union))) found.set(keyOf(union), union)
    }
  return [...found.values()]
}

const keyOf = (places: Places): string => JSON.stringify([...places].toSorted())
