import { type Limits, priceByRoute } from '../../sdk/index.ts'
import { apiBaseUrlOf } from './settings.ts'

const DAY_SECONDS = 86_400

/** A quota of so many calls a day, spread over it, with a tenth at once: a burst must not use up the afternoon. */
const perDay = (calls: number) => ({
  capacity: Math.ceil(calls / 10),
  refillPerSecond: (calls * 0.9) / DAY_SECONDS,
})

/**
 * Calls a day of one app over all its merchants (https://developer.ebay.com/develop/get-started/api-call-limits). Answers
 * tell nothing of what is left; 429 may carry `Retry-After`. Tokens are counted apart, and few are asked for.
 */
export const limits: Limits = {
  buckets: {
    fulfilment: perDay(100_000),
    inventory: perDay(2_000_000),
    notification: perDay(10_000),
  },
  account: ({ id, settings, secrets }) => {
    const app = secrets['clientId']?.[0]
    return app ? `${apiBaseUrlOf(settings)}:${app}` : id
  },
  price: priceByRoute([
    { path: /^\/sell\/fulfillment\//, bucket: 'fulfilment' },
    { path: /^\/sell\/inventory\//, bucket: 'inventory' },
    { path: /^\/commerce\/notification\//, bucket: 'notification' },
  ]),
}
