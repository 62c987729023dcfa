import type { LiveConnection } from '#core/accounts/directory.ts'
import type { Connector, ConnectorContext, HttpClient } from '#core/contracts/connector.ts'
import type { Telemetry } from '#core/contracts/telemetry.ts'
import { asHubError } from '#core/errors/hub-error.ts'
import { type Clock, sleep } from '#core/kernel/clock.ts'
import { createBudgetedHttp } from '#core/resilience/budgeted-http.ts'
import { createRateBudget } from '#core/resilience/rate-budget.ts'
import type { Buckets } from '#core/resilience/shared-state.ts'

export interface ContextForDeps {
  http: HttpClient
  buckets: Buckets
  connectors: ReadonlyMap<string, Connector>
  telemetry: Telemetry
  clock: Clock
  random: () => number
}

/** `priority`: of the work at hand, as in the queue; without it, it goes with the orders. */
export type ContextFor = (
  connection: LiveConnection,
  signal: AbortSignal,
  priority?: number,
) => ConnectorContext

/** What connectors work with. Calls to a partner whose manifest declares limits go through the rate budget. */
export function createContextFor(deps: ContextForDeps): ContextFor {
  const { http, connectors, telemetry, clock } = deps
  const budget = createRateBudget(deps)

  function httpFor(connection: LiveConnection, priority: number): HttpClient {
    const limits = connectors.get(connection.connector)?.manifest.limits
    if (!limits) return http
    const account = limits.account?.(connection) ?? connection.id
    return createBudgetedHttp({
      ...deps,
      ...{ budget, limits, priority },
      account: `${connection.connector}:${account}`,
      onWait: ms => telemetry.observe('budget_wait_seconds', ms, { connection: connection.id }),
      onError: thrown =>
        telemetry.log('warn', 'the rate budget could not be corrected', { code: asHubError(thrown).code }),
    })
  }

  return (connection, signal, priority = 0) => ({
    connection,
    http: httpFor(connection, priority),
    now: () => clock.now(),
    sleep: ms => sleep(clock, ms, signal),
    signal,
    log: (level, message, fields) => telemetry.log(level, message, { connection: connection.id, ...fields }),
  })
}
