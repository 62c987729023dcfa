import type { LiveConnection } from '../accounts/directory.ts'
import type { Connector } from '../contracts/connector.ts'
import type { SubscriptionsState } from '../contracts/store.ts'
import { type BacklogRow, count, isUnderway, oldest } from './accounting.ts'
import { percentiles } from './latency.ts'
import type { Series } from './minute-window.ts'
import type { ConnectionHealth } from './snapshot-types.ts'
import { connectionVerdict } from './status.ts'

/** Circuit state as the deliverers keep it. */
export interface Breakers {
  /** Epoch milliseconds until which the connection rests, or null. */
  openUntil(connection: string): number | null
}

export interface ConnectionInput {
  connection: LiveConnection
  connector: Connector | undefined
  rows: readonly BacklogRow[]
  series: Series
  breakers: Breakers
  /** Orders that rules hold back from it. */
  held: number
  now: number
}

/** Everything the pages show about one connection; nothing of its settings or secrets. */
export function connectionHealth({
  connection,
  connector,
  rows,
  series,
  breakers,
  held,
  now,
}: ConnectionInput): ConnectionHealth {
  const { id, tenant, state, stateReason } = connection
  const name = `connection:${id}`
  const own = rows.filter(row => row.connection === id)
  const until = breakers.openUntil(id)
  const circuitUntil = until !== null && until > now ? until : null
  const rates = {
    received: series.perMinute(name, 'received'),
    confirmed: series.perMinute(name, 'confirmed'),
    failed: series.perMinute(name, 'failed'),
  }
  const deadLetters = count(own, row => row.state === 'dead')
  const oldestPendingAt = oldest(own)
  return {
    id,
    tenant,
    name: connector?.manifest.name ?? connection.connector,
    connector: connection.connector,
    kind: connector?.manifest.kind ?? 'unknown',
    state,
    stateReason,
    circuit: circuitUntil === null ? 'closed' : 'open',
    circuitUntil,
    ...connectionVerdict({
      ...{ state, stateReason, circuitUntil, deadLetters: deadLetters - held, oldestPendingAt, now },
      rates: { ...rates, failed: series.troubles(name) },
    }),
    rates,
    latency: percentiles(series.latency(name)),
    backlog: count(own, isUnderway),
    oldestPendingAt,
    deadLetters,
    lastReceivedAt: series.lastMinute(name, 'received'),
    lastConfirmedAt: series.lastMinute(name, 'confirmed'),
    ...(connection.subscriptions ? { subscriptions: seen(connection.subscriptions) } : {}),
  }
}

const seen = ({ checkedAt, present, created, repaired, problem }: SubscriptionsState) => ({
  checkedAt,
  total: present.length + created.length + repaired.length,
  repaired: repaired.length,
  ...(problem === undefined ? {} : { problem }),
})
