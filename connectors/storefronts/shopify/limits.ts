import type { HttpRequest, LimitReading, Limits } from '../../sdk/index.ts'
import { settingsOf } from './settings.ts'

/** `extensions.cost` of an answer. */
interface Cost {
  requestedQueryCost: number
  /** Null for a throttled query: it cost nothing. */
  actualQueryCost: number | null
  throttleStatus: { maximumAvailable: number; currentlyAvailable: number; restoreRate: number }
}

/** A query's first price is a guess between what our dearest and our cheapest take; every answer names the real one. */
const FIRST_GUESS = { query: 200, mutation: 10 }

/**
 * Points per app and shop, those of the plan Standard until an answer tells the shop's own:
 * https://shopify.dev/docs/apps/build/apis/graphql-admin/rate-limits
 */
export const limits: Limits = {
  buckets: { points: { capacity: 2_000, refillPerSecond: 100 } },
  account: connection => settingsOf(connection).shop,
  price(request) {
    const [, kind, operation] = /^\s*(query|mutation)\s+(\w+)/.exec(queryOf(request)) ?? []
    if (!operation) return null
    return { bucket: 'points', operation, cost: FIRST_GUESS[kind as keyof typeof FIRST_GUESS] }
  },
  read({ body }): LimitReading {
    const cost = (body as { extensions?: { cost?: Cost } } | null)?.extensions?.cost
    if (!cost?.throttleStatus) return {}
    const { maximumAvailable, currentlyAvailable, restoreRate } = cost.throttleStatus
    return {
      price: cost.requestedQueryCost,
      charged: cost.actualQueryCost ?? 0,
      available: currentlyAvailable,
      capacity: maximumAvailable,
      refillPerSecond: restoreRate,
    }
  },
}

const queryOf = ({ body }: HttpRequest): string =>
  String((body as { query?: unknown } | undefined)?.query ?? '')
