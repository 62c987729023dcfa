import { costExtension, type HttpRequest, type Limits } from '../../sdk/index.ts'
import { settingsOf } from './settings.ts'

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
  read: costExtension,
}

const queryOf = ({ body }: HttpRequest): string =>
  String((body as { query?: unknown } | undefined)?.query ?? '')
