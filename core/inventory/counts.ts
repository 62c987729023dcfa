import type { StockCount, StockItem } from '../contracts/store.ts'
import type { StockRule } from './rule.ts'

const MINUTE_MS = 60_000

/** A source told: the newer count of a source and location holds. */
export function counted(item: StockItem, count: StockCount): StockItem {
  const known = item.counts.find(one => isOf(one, count))
  if (known && known.at > count.at) return item
  return { ...item, counts: [...item.counts.filter(one => one !== known), count] }
}

const isOf = (one: StockCount, { source, location }: Omit<StockCount, 'available' | 'at'>): boolean =>
  one.source === source && one.location === location

/** Units by location: of two sources that count one, the more trusted; of a stale count only what the fuse leaves. */
export function unitsByLocation({ counts }: StockItem, rule: StockRule, now: number): Map<string, number> {
  const units = new Map<string, number>()
  for (const source of rule.sources)
    for (const count of counts)
      if (count.source === source && !units.has(count.location))
        units.set(count.location, fused(count, rule, now))
  return units
}

/** When a count grows stale; never, where the rule does not say. */
export const staleAt = ({ at }: StockCount, { staleMinutes }: StockRule): number =>
  staleMinutes === 0 ? Number.POSITIVE_INFINITY : at + staleMinutes * MINUTE_MS

function fused(count: StockCount, rule: StockRule, now: number): number {
  const { available } = count
  if (now < staleAt(count, rule) || available <= 0) return available
  return Math.floor((available * (100 - rule.staleHoldBack)) / 100)
}
