import { limits } from '#connectors/storefronts/shopify/limits.ts'
import type { ConnectionView, ConnectorContext } from '#core/contracts/connector.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { Clock } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'
import { createBudgetedHttp } from '#core/resilience/budgeted-http.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import { createRateBudget } from '#core/resilience/rate-budget.ts'
import { sentApart } from '#core/resilience/sent-apart.ts'

export const SHOP = 'acme.myshopify.com'
export const SECRET = 'shpss_test'
export const TOKEN = 'shpat_simulated'

export function connection(
  over: { settings?: Record<string, unknown>; secrets?: Record<string, string[]> } = {},
): ConnectionView {
  return {
    id: 'acme-shopify',
    tenant: 'acme',
    connector: 'shopify',
    settings: { shop: SHOP, ...over.settings },
    secrets: { webhookSecret: [SECRET], accessToken: [TOKEN], ...over.secrets },
  }
}

/** Pauses pass at once and move the time on; time-outs of requests never fire. */
export function eagerClock(start = Date.UTC(2026, 0, 15, 12)): Clock & { slept: number[] } {
  let now = start
  const slept: number[] = []
  return {
    slept,
    now: () => now,
    timer(delayMs, callback) {
      if (delayMs > 25_000) return () => undefined
      now += delayMs
      slept.push(delayMs)
      const handle = setImmediate(callback)
      return () => clearImmediate(handle)
    },
  }
}

export interface TestContext extends ConnectorContext {
  slept: number[]
  close(): void
}

export function context(
  clock: Clock & { slept: number[] },
  view: ConnectionView = connection(),
): TestContext {
  const slept: number[] = []
  const random = () => 0
  /** Longer pauses than those that the eager clock takes for time-outs end early: who waits looks at the clock again. */
  const pause = (ms: number, callback: () => void) => {
    slept.push(ms)
    return clock.timer(Math.min(ms, 25_000), callback)
  }
  const waiting: Clock = { now: clock.now, timer: pause }
  const { buckets } = createEmbeddedState(waiting)
  const http = createHttpClient({ clock, allowPrivateHosts: ['127.0.0.1'], random })
  const budgeted = createBudgetedHttp({
    ...{ http, limits, account: SHOP, priority: 0, patienceMs: 3_600_000, clock, random },
    budget: createRateBudget({ buckets, clock: waiting, random }),
    onWait: () => undefined,
    onError: thrown => {
      throw thrown
    },
  })
  return {
    connection: view,
    http: budgeted,
    async token(refused) {
      const token = view.secrets['accessToken']?.[0]
      if (token === undefined || token === refused)
        throw new HubError('UNAUTHORIZED', { status: refused ? 401 : undefined })
      return token
    },
    now: clock.now,
    together: sentApart,
    sleep: ms => new Promise(resolve => void pause(ms, () => resolve())),
    signal: new AbortController().signal,
    log: () => undefined,
    slept,
    close: () => http.close(),
  }
}

/** A draw that repeats itself: a linear congruential generator (Numerical Recipes). */
export function seeded(seed = 42): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}
