import type { ConnectorContext, HttpClient, HttpRequest } from '#core/contracts/connector.ts'
import { systemClock as clock } from '#core/kernel/clock.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import { createTogether } from '#core/resilience/together.ts'

/** The context with calls that are really shared, as the hub gives it, and what went out by it. */
export function gathering<Context extends ConnectorContext>(
  context: Context,
): Context & { sent: HttpRequest[] } {
  const { locks } = createEmbeddedState(clock)
  const together = createTogether({ locks, clock, random: () => 0, longestMs: 60_000 })
  const sent: HttpRequest[] = []
  const http: HttpClient = {
    request(request) {
      sent.push(request)
      return context.http.request(request)
    },
  }
  return { ...context, http, sent, together: together(context.connection.id) }
}

/** What each of several promises came to: its value, or the error. */
export const outcomes = async <T>(asked: readonly Promise<T>[]): Promise<(T | Error)[]> =>
  (await Promise.allSettled(asked)).map(one => (one.status === 'fulfilled' ? one.value : one.reason))
