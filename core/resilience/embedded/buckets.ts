import type { Clock } from '../../kernel/clock.ts'
import type { BucketRef, Buckets, Lesson, TakeRequest } from '../shared-state.ts'

/** How much later than due a waiter may come before those of lower rank no longer wait for it. */
export const LATE_MS = 250

interface Bucket {
  tokens: number
  at: number
  size: number
  refill: number
  restUntil: number
  /** By rank: until when a refused call is waited for. */
  wanted: [number, number, number, number]
}

interface Account {
  buckets: Map<string, Bucket>
  prices: Map<string, number>
}

/** The same rules in Lua: `../redis/bucket-script.ts`. */
export function createBuckets(clock: Clock): Buckets {
  const accounts = new Map<string, Account>()

  function open(ref: BucketRef): { bucket: Bucket; prices: Map<string, number>; now: number } {
    const account = accounts.get(ref.account) ?? { buckets: new Map(), prices: new Map() }
    accounts.set(ref.account, account)
    const bucket = account.buckets.get(ref.bucket) ?? {
      ...{ tokens: ref.capacity, at: clock.now(), size: ref.capacity, refill: ref.refillPerSecond },
      restUntil: 0,
      wanted: [0, 0, 0, 0],
    }
    account.buckets.set(ref.bucket, bucket)
    // A clock that is set back does not take tokens away.
    const now = Math.max(clock.now(), bucket.at)
    bucket.tokens = Math.min(bucket.size, bucket.tokens + ((now - bucket.at) / 1_000) * bucket.refill)
    bucket.at = now
    return { bucket, prices: account.prices, now }
  }

  return {
    async take(request) {
      const { bucket, prices, now } = open(request)
      const cost = prices.get(priceKey(request)) ?? request.cost
      const waitMs = waitFor(bucket, { ...request, cost }, now)
      bucket.wanted[request.rank] = waitMs > 0 ? now + waitMs + LATE_MS : 0
      if (waitMs === 0) bucket.tokens -= cost
      return { waitMs, cost }
    },
    async learn(lesson) {
      const { bucket, prices, now } = open(lesson)
      if (lesson.price !== undefined) prices.set(priceKey(lesson), lesson.price)
      correct(bucket, lesson, now)
    },
  }
}

const priceKey = ({ bucket, operation }: { bucket: string; operation: string }) => `${bucket}:${operation}`

/** The longest of: the rest the partner asked for, the refill up to price and floor, a waiter of higher rank. */
function waitFor(bucket: Bucket, { rank, floor, cost }: TakeRequest, now: number): number {
  const missing = Math.min(cost + floor * bucket.size, bucket.size) - bucket.tokens
  const before = Math.max(0, ...bucket.wanted.slice(0, rank))
  return Math.ceil(Math.max(0, bucket.restUntil - now, (missing / bucket.refill) * 1_000, before - now))
}

function correct(bucket: Bucket, lesson: Lesson, now: number): void {
  const { taken, charged, available, size = bucket.size, refill = bucket.refill, restMs = 0 } = lesson
  const resized = size !== bucket.size
  Object.assign(bucket, { size, refill })
  if (charged !== undefined) bucket.tokens += taken - charged
  // What is left is known better than what we counted, but for calls under way: those it may not know yet.
  if (available !== undefined) bucket.tokens = resized ? available : Math.min(bucket.tokens, available)
  bucket.tokens = Math.min(bucket.tokens, size)
  if (restMs <= 0) return
  bucket.restUntil = Math.max(bucket.restUntil, now + restMs)
  bucket.tokens = Math.min(bucket.tokens, 0)
}
