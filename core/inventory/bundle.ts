import type { Store } from '../contracts/store.ts'
import { stockId } from '../kernel/ids.ts'
import { poolOf } from './pool.ts'
import { figureOf, type StockRule } from './rule.ts'

export interface BundleAsked {
  rule: StockRule
  sku: string
  now: number
}

/**
 * What each channel may show of a bundle: what the scarcest of its components allows. Where one of them is so scarce that
 * its pool is split, none: its last units are sold by themselves. Undefined for what is no bundle, and while a component
 * was never counted.
 */
export async function bundleFigures(
  store: Pick<Store, 'stock'>,
  { rule, sku, now }: BundleAsked,
): Promise<ReadonlyMap<string, number> | undefined> {
  const parts = Object.entries(rule.bundles[sku] ?? {})
  if (parts.length === 0) return undefined
  const items = await Promise.all(parts.map(([part]) => store.stock.get(stockId(rule.tenant, part))))
  const pools = items.map(item => item && item.counts.length > 0 && poolOf(item, rule, now))
  if (!pools.every(pool => pool !== null && pool !== false)) return new Map()
  const bundlesFor = (channel: string): number =>
    Math.min(
      ...pools.map((pool, index) =>
        pool.units <= rule.splitBelow ? 0 : Math.floor(pool.unitsFor(channel) / parts[index]![1]),
      ),
    )
  return new Map(
    Object.entries(rule.channels).map(([channel, one]) => [channel, figureOf(one, bundlesFor(channel))]),
  )
}
