import { limits } from '../limits.ts'

export interface Asked {
  method: string
  path: string
  query: URLSearchParams
  headers: Readonly<Record<string, string | undefined>>
  /** Parsed JSON, form or undefined. */
  body: Record<string, unknown>
  /** Address under which the simulator was asked. */
  origin: string
  /** A restricted data token was shown. */
  restricted: boolean
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  body?: unknown
}

/** Undefined: not my path. */
export type Route = (asked: Asked) => Answer | undefined

export const ok = (body: unknown): Answer => ({ status: 200, body })

export const failure = (status: number, code: string, message: string): Answer => ({
  status,
  body: { errors: [{ code, message, details: '' }] },
})

export interface Rates {
  /** The answer where the operation's bucket is empty. */
  take(asked: Asked): Answer | undefined
  /** The header of every other answer. */
  header(asked: Asked): Record<string, string>
}

/** Token buckets per operation, those that the connector declares: documented figures have one place. */
export function createRates(now: () => number): Rates {
  const buckets = new Map<string, { left: number; at: number }>()
  const priced = ({ method, path }: Asked) =>
    limits.price({ method: method as 'GET', url: `https://sellingpartnerapi-na.amazon.com${path}` })?.bucket
  return {
    take(asked) {
      const name = priced(asked)
      const plan = name && limits.buckets[name]
      if (!plan) return undefined
      const bucket = buckets.get(name) ?? { left: plan.capacity, at: now() }
      const refilled = bucket.left + ((now() - bucket.at) / 1_000) * plan.refillPerSecond
      const left = Math.min(plan.capacity, refilled)
      buckets.set(name, { left: left >= 1 ? left - 1 : left, at: now() })
      if (left >= 1) return undefined
      return failure(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.')
    },
    header(asked): Record<string, string> {
      const rate = limits.buckets[priced(asked) ?? '']?.refillPerSecond
      return rate === undefined ? {} : { 'x-amzn-ratelimit-limit': String(rate) }
    },
  }
}
