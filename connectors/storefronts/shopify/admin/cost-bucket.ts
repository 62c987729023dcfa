import type { ConnectorContext } from '../../../sdk/index.ts'

/** `extensions.cost` of an answer: https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits */
interface Cost {
  requestedQueryCost: number
  throttleStatus: { maximumAvailable: number; currentlyAvailable: number; restoreRate: number }
}

/** Share of the bucket that a poll leaves to whoever writes stock and tracking with the same token. */
const RESERVE = 0.1

/** For the one case that a throttled answer does not say when the bucket is full again. */
const BLIND_WAIT_MS = 2_000

/** What is known of the shop's leaky bucket: filled by answers, asked before calls. Times in milliseconds. */
export interface CostBucket {
  note(operation: string, body: unknown): void
  /** How long to wait until the operation can be paid; 0 for one whose price is not known yet. */
  waitBefore(operation: string): number
  /** How long to wait after a THROTTLED answer to it. */
  waitAfterThrottle(operation: string): number
}

export function createCostBucket(now: ConnectorContext['now']): CostBucket {
  const prices = new Map<string, number>()
  let status: (Cost['throttleStatus'] & { at: number }) | undefined

  const until = (points: number): number => {
    if (!status) return 0
    const { currentlyAvailable, maximumAvailable, restoreRate, at } = status
    const available = Math.min(maximumAvailable, currentlyAvailable + ((now() - at) / 1_000) * restoreRate)
    return Math.max(0, Math.ceil(((Math.min(points, maximumAvailable) - available) / restoreRate) * 1_000))
  }

  return {
    note(operation, body) {
      const cost = costOf(body)
      if (!cost) return
      prices.set(operation, cost.requestedQueryCost)
      status = { ...cost.throttleStatus, at: now() }
    },
    waitBefore(operation) {
      const price = prices.get(operation)
      return price === undefined || !status ? 0 : until(price + RESERVE * status.maximumAvailable)
    },
    waitAfterThrottle: operation => until(prices.get(operation) ?? Number.POSITIVE_INFINITY) || BLIND_WAIT_MS,
  }
}

function costOf(body: unknown): Cost | undefined {
  const cost = (body as { extensions?: { cost?: Partial<Cost> } } | null | undefined)?.extensions?.cost
  const status = cost?.throttleStatus
  return cost && status && status.restoreRate > 0 && typeof cost.requestedQueryCost === 'number'
    ? (cost as Cost)
    : undefined
}
