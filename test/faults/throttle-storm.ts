import { randomUUID } from 'node:crypto'
import { createShopifySimulator } from '#connectors/storefronts/shopify/simulator.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { dropKeys } from '../support/redis.ts'
import { inProcesses } from './children.ts'

export interface StormGiven {
  redis: string
  prefix: string
  shop: string
  apiBaseUrl: string
  orders: number[]
  ms: number
  /** Pause between two live calls of one process. */
  everyMs: number
  backfill: boolean
}

export interface ChildReport {
  calls: number
  liveMs: number[]
  budgetMs: number
}

export interface PhaseReport {
  calls: number
  throttled: number
  live: number
  liveP50: number
  liveP95: number
  /** Longest that a live call waited for the budget. */
  budgetMs: number
}

const SHOP = 'storm.myshopify.com'

/**
 * Processes that call one shop, which enforces its limits: first live traffic alone, then the same beside backfills that
 * take all they can get.
 */
export async function throttleStorm(options: {
  redis: string
  processes: number
  ms: number
  everyMs: number
  /** Of the shop, in points. */
  bucket: { size: number; restoreRate: number }
}): Promise<{ idle: PhaseReport; storm: PhaseReport }> {
  const { redis, processes, bucket, ms, everyMs } = options
  const prefix = `storm-${randomUUID()}`
  const shop = createShopifySimulator({
    ...{ clock: systemClock, random: Math.random, shop: SHOP, secret: 'shpss_storm', bucket },
  })
  const orders = Array.from({ length: 10 }, () => shop.placeOrder().id)
  const apiBaseUrl = await shop.listen()

  async function phase(backfill: boolean): Promise<PhaseReport> {
    const before = shop.throttled()
    const reports = await inProcesses<ChildReport>(processes, './throttle-storm-child.ts', {
      ...{ redis, prefix, shop: SHOP, apiBaseUrl, orders, ms, everyMs, backfill },
    } satisfies StormGiven)
    const liveMs = reports.flatMap(report => report.liveMs).sort((a, b) => a - b)
    return {
      calls: reports.reduce((sum, { calls }) => sum + calls, 0),
      throttled: shop.throttled() - before,
      live: liveMs.length,
      liveP50: percentile(liveMs, 0.5),
      liveP95: percentile(liveMs, 0.95),
      budgetMs: Math.max(...reports.map(report => report.budgetMs)),
    }
  }

  try {
    return { idle: await phase(false), storm: await phase(true) }
  } finally {
    await shop.close()
    await dropKeys(redis, prefix)
  }
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
