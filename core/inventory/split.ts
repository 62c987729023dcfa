import type { Budget } from './pool.ts'

export interface Sharer {
  channel: string
  /** Lower ones are served first. */
  priority: number
  /** The most it may have. */
  most: number
  /** It has nothing rather than less. */
  minimum: number
}

/**
 * Splits units by priority, then evenly; what cannot be divided goes to the first by id. Deterministic, and within every
 * budget. Who would get less than its minimum leaves it to the others.
 */
export function split(sharers: readonly Sharer[], budgets: readonly Budget[]): Map<string, number> {
  const shares = fill(sharers, budgets)
  const tooLittle = ({ channel, minimum, most }: Sharer) => most > 0 && shares.get(channel)! < minimum
  const last = sharers.toSorted(byRank).findLast(tooLittle)
  if (!last) return shares
  return split(
    sharers.map(one => (one === last ? { ...one, most: 0 } : one)),
    budgets,
  )
}

const byRank = (a: Sharer, b: Sharer): number =>
  a.priority - b.priority || (a.channel < b.channel ? -1 : a.channel > b.channel ? 1 : 0)

function fill(sharers: readonly Sharer[], budgets: readonly Budget[]): Map<string, number> {
  const shares = new Map(sharers.map(({ channel }) => [channel, 0]))
  const left = budgets.map(({ units, members }) => ({ units, members }))
  const tiers = Map.groupBy(sharers.toSorted(byRank), ({ priority }) => priority)
  for (const tier of tiers.values()) fillEvenly(tier, left, shares)
  return shares
}

function fillEvenly(
  tier: readonly Sharer[],
  left: readonly { units: number; members: ReadonlySet<string> }[],
  shares: Map<string, number>,
): void {
  const room = ({ channel, most }: Sharer): number =>
    Math.min(
      most - shares.get(channel)!,
      ...left.filter(({ members }) => members.has(channel)).map(({ units }) => units),
    )
  const give = (channel: string, units: number) => {
    shares.set(channel, shares.get(channel)! + units)
    for (const one of left) if (one.members.has(channel)) one.units -= units
  }
  for (;;) {
    const open = tier.filter(one => room(one) > 0)
    if (open.length === 0) return
    const evenly = ({ units, members }: { units: number; members: ReadonlySet<string> }) =>
      Math.floor(units / Math.max(1, open.filter(({ channel }) => members.has(channel)).length))
    const step = Math.min(...open.map(room), ...left.filter(one => sharesIn(one, open)).map(evenly))
    for (const one of open) if (room(one) > 0) give(one.channel, Math.max(1, step))
  }
}

const sharesIn = ({ members }: { members: ReadonlySet<string> }, open: readonly Sharer[]): boolean =>
  open.some(({ channel }) => members.has(channel))
