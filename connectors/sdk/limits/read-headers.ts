import type { LimitReading, Limits } from '#core/contracts/connector.ts'

export type ReadLimits = NonNullable<Limits['read']>

/** Names of headers, lower case. */
export interface BucketHeaders {
  /** What is left. */
  remaining?: string
  /** Or what is used, of the capacity. */
  used?: string
  capacity?: string
  /** Length of the window in which the capacity comes back whole. */
  windowMs?: string
  windowSeconds?: string
}

/**
 * A bucket in headers: BigCommerce's `x-rate-limit-requests-left`, `-quota` and `-time-window-ms`, the
 * `ratelimit-remaining` and `ratelimit-limit` of many others. What an answer does not carry is not learned.
 */
export function bucketHeaders(names: BucketHeaders): ReadLimits {
  return ({ headers }) => {
    const number = (name: string | undefined) => numberIn(name === undefined ? undefined : headers[name])
    const capacity = number(names.capacity)
    const used = number(names.used)
    const window = number(names.windowMs) ?? times1000(number(names.windowSeconds))
    return present({
      available:
        number(names.remaining) ??
        (capacity === undefined || used === undefined ? undefined : capacity - used),
      capacity,
      refillPerSecond: capacity && window ? (capacity * 1_000) / window : undefined,
    })
  }
}

/** Requests per second that the account really has, as Amazon's `x-amzn-ratelimit-limit` tells. */
export const rateHeader =
  (name: string): ReadLimits =>
  ({ headers }) =>
    present({ refillPerSecond: numberIn(headers[name]) || undefined })

/** `32/40` in one header: used and capacity (Shopify's REST `x-shopify-shop-api-call-limit`). */
export const usedOfHeader =
  (name: string): ReadLimits =>
  ({ headers }) => {
    const [, used, capacity] = /^\s*(\d+)\s*\/\s*(\d+)\s*$/.exec(headers[name] ?? '') ?? []
    return used && capacity ? { available: Number(capacity) - Number(used), capacity: Number(capacity) } : {}
  }

/** The first number of a header; policies after it (`100, 100;w=60`) are not read. */
export function numberIn(text: string | undefined): number | undefined {
  const [, number] = /^\s*(\d+(?:\.\d+)?)\s*(?:[,;].*)?$/.exec(text ?? '') ?? []
  return number === undefined ? undefined : Number(number)
}

const times1000 = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : seconds * 1_000

/** Without the members that are undefined: what is not said must not overwrite what is known. */
export const present = (reading: LimitReading): LimitReading =>
  Object.fromEntries(Object.entries(reading).filter(([, value]) => value !== undefined))
