import type { LiveConnection } from '#core/accounts/directory.ts'
import type { TokenFor } from '#core/accounts/oauth/tokens.ts'
import type { Connector, ConnectorContext, HttpClient } from '#core/contracts/connector.ts'
import type { Telemetry } from '#core/contracts/telemetry.ts'
import { asHubError } from '#core/errors/hub-error.ts'
import { type Clock, sleep } from '#core/kernel/clock.ts'
import { manifestFor } from '#core/kernel/manifest-for.ts'
import { createBudgetedHttp } from '#core/resilience/budgeted-http.ts'
import { createRateBudget } from '#core/resilience/rate-budget.ts'
import type { SharedState } from '#core/resilience/shared-state.ts'
import { createTogether } from '#core/resilience/together.ts'
import type { WorkInHand } from '#core/resilience/work-in-hand.ts'

export interface ContextForDeps {
  http: HttpClient
  buckets: SharedState['buckets']
  locks: SharedState['locks']
  tokenFor: TokenFor
  connectors: ReadonlyMap<string, Connector>
  telemetry: Telemetry
  clock: Clock
  random: () => number
  /** How long a call to a partner may take. */
  httpTimeoutMs: number
}

/** `work`: what it is for; without it, calls go with those of orders. */
export type ContextFor = (
  connection: LiveConnection,
  signal: AbortSignal,
  work?: WorkInHand,
) => ConnectorContext

/** What connectors work with. Calls to a partner whose manifest declares limits go through the rate budget. */
export function createContextFor(deps: ContextForDeps): ContextFor {
  const { http, connectors, telemetry, clock, tokenFor } = deps
  const budget = createRateBudget(deps)
  const togetherAt = createTogether({ ...deps, longestMs: 2 * deps.httpTimeoutMs })

  function httpFor(connection: LiveConnection, signal: AbortSignal, work: WorkInHand): HttpClient {
    const manifest = connectors.get(connection.connector)?.manifest
    const limits = manifest && manifestFor(manifest, connection).limits
    if (!limits) return http
    const { priority = 0, watch } = work
    const account = limits.account?.(connection) ?? connection.id
    return createBudgetedHttp({
      ...deps,
      ...{ budget, limits, priority, watch, signal },
      account: `${connection.connector}:${account}`,
      onWait: ms => telemetry.observe('budget_wait_seconds', ms, { connection: connection.id }),
      onError: thrown =>
        telemetry.log('warn', 'the rate budget could not be corrected', { code: asHubError(thrown).code }),
    })
  }

  return (connection, signal, work = {}) => {
    let own: HttpClient | undefined
    return {
      connection,
      // Most messages call nobody.
      get http() {
        own ??= httpFor(connection, signal, work)
        return own
      },
      token: refused => tokenFor(connection, refused),
      now: () => clock.now(),
      sleep: ms => sleep(clock, ms, signal),
      together: togetherAt(connection.id),
      signal,
      log: (level, message, fields) =>
        telemetry.log(level, message, { connection: connection.id, ...fields }),
    }
  }
}
