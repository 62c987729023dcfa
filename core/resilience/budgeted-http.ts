import type { HttpClient, HttpRequest, HttpResponse, Limits } from '../contracts/connector.ts'
import type { Clock } from '../kernel/clock.ts'
import { repeat } from '../kernel/http/repeat.ts'
import { retryAfterMs } from '../kernel/retry-after.ts'
import type { RateBudget } from './rate-budget.ts'
import type { Lesson } from './shared-state.ts'
import type { IdleWatch } from './work-in-hand.ts'

export interface BudgetedHttpOptions {
  http: HttpClient
  budget: RateBudget
  limits: Limits
  /** Who the partner counts. */
  account: string
  /** Of the work at hand, as in the queue. */
  priority: number
  /** Of the same work. */
  watch?: IdleWatch
  clock: Clock
  random: () => number
  /** Ends waiting, not what is under way: the work is to be handed back. */
  signal?: AbortSignal
  /** See `RateBudget`. */
  patienceMs?: number
  /** How long a call waited for the budget. */
  onWait(ms: number): void
  /** Told what could not be learned. */
  onError(thrown: unknown): void
}

/** Rest after a 429 that does not say how long. */
const BLIND_REST_MS = 1_000

/** Who watches whether the work only waits, where nothing depends on it. */
const NOBODY: IdleWatch = { calls: call => call(), sends: send => send() }

/** An HTTP client that sends nothing before the account can pay it, repetitions included. */
export function createBudgetedHttp(options: BudgetedHttpOptions): HttpClient {
  const { http, budget, limits, account, priority, patienceMs, clock, watch = NOBODY } = options
  const endingOf = (request: HttpRequest): AbortSignal | undefined => request.signal ?? options.signal

  async function send(request: HttpRequest): Promise<HttpResponse> {
    const price = limits.price(request)
    if (!price) return watch.sends(() => http.request(request))
    const ref = {
      account,
      operation: price.operation,
      bucket: price.bucket,
      ...limits.buckets[price.bucket]!,
    }
    const asked = clock.now()
    const taken = await budget.take({
      ...ref,
      cost: price.cost,
      priority,
      patienceMs,
      signal: endingOf(request),
    })
    options.onWait(clock.now() - asked)
    const response = await watch.sends(() => http.request(request))
    // Not waited for: a later `take` of this process comes after it all the same.
    budget.learn({ ...ref, taken, ...reading(limits, response, clock.now()) }).catch(options.onError)
    return response
  }

  return {
    request: ({ safeToRepeat, ...request }) =>
      watch.calls(() =>
        safeToRepeat
          ? repeat(() => send(request), { ...options, ending: () => endingOf(request) })
          : send(request),
      ),
  }
}

function reading(limits: Limits, response: HttpResponse, now: number): Partial<Lesson> {
  const { price, charged, available, capacity, refillPerSecond } = limits.read?.(response) ?? {}
  return {
    ...{ price, charged, available },
    size: capacity,
    refill: refillPerSecond,
    restMs: restOf(response, now),
  }
}

function restOf({ status, headers }: HttpResponse, now: number): number | undefined {
  const asked = retryAfterMs(headers['retry-after'], now)
  return status === 429 ? (asked ?? BLIND_REST_MS) : status === 503 ? asked : undefined
}
