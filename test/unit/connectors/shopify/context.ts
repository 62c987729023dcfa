import type { ConnectionView, ConnectorContext } from '#core/contracts/connector.ts'
import type { Clock } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'

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
  const http = createHttpClient({ clock, allowPrivateHosts: ['127.0.0.1'], random: () => 0 })
  const slept: number[] = []
  return {
    connection: view,
    http,
    now: clock.now,
    sleep: ms =>
      new Promise(resolve => {
        slept.push(ms)
        clock.timer(Math.min(ms, 25_000), resolve)
      }),
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
