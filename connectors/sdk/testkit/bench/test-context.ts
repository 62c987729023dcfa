import type { ConnectionView, ConnectorContext, HttpClient } from '#core/contracts/connector.ts'
import { type Clock, sleep } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import { sentApart } from '#core/resilience/sent-apart.ts'
import { createTogether } from '#core/resilience/together.ts'

export interface LogLine {
  level: string
  message: string
  fields?: Record<string, unknown>
}

export interface TestContextOf {
  connection: ConnectionView
  clock: Clock
  http: HttpClient
  token: ConnectorContext['token']
  signal: AbortSignal
  logs: LogLine[]
}

/** Time limit of a request that has none of its own. */
const REQUEST_MS = 29_987

/** The time limits of all requests are odd figures, by which their timers are known from every other. */
export const isTimeLimit = (ms: number): boolean => ms % 1_000 === REQUEST_MS % 1_000

const odd = (ms: number): number => Math.ceil(ms / 1_000) * 1_000 - 1_000 + (REQUEST_MS % 1_000)

/** The hub's own client, on the kit's clock and let out to this machine only. */
export function testHttp(clock: Clock, random: () => number): ReturnType<typeof createHttpClient> {
  const allowPrivateHosts = ['127.0.0.1', 'localhost']
  const client = createHttpClient({ clock, random, timeoutMs: REQUEST_MS, allowPrivateHosts })
  return {
    ...client,
    request: ({ timeoutMs = REQUEST_MS, ...asked }) =>
      client.request({ ...asked, timeoutMs: odd(timeoutMs) }),
  }
}

/** What the hub gives a connector; what it logs is collected. */
export const testContext = (of: TestContextOf): ConnectorContext => ({
  connection: of.connection,
  http: of.http,
  token: of.token,
  now: () => of.clock.now(),
  together: sentApart,
  sleep: ms => sleep(of.clock, ms, of.signal),
  signal: of.signal,
  log: (level, message, fields) => void of.logs.push({ level, message, ...(fields ? { fields } : {}) }),
})

/** The context with calls that are really shared, as the hub gives it. */
export function sharingCalls(context: ConnectorContext, clock: Clock): ConnectorContext {
  const { locks } = createEmbeddedState(clock)
  const togetherAt = createTogether({ locks, clock, random: () => 0, longestMs: 2 * REQUEST_MS })
  return { ...context, together: togetherAt(context.connection.id) }
}
