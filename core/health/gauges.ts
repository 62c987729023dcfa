import type { ConnectionState } from '../contracts/store.ts'
import type { ConnectionHealth, HealthSnapshot } from './snapshot-types.ts'
import type { HubTelemetry } from './telemetry.ts'

const STATES: readonly ConnectionState[] = ['active', 'paused', 'unauthorized']

/** Metrics of the present state, made from the same snapshot as the pages, so that both say the same. */
export function publishGauges(
  telemetry: Pick<HubTelemetry, 'gauge'>,
  snapshot: HealthSnapshot,
  version: string,
): void {
  const { connections, queue, totals, generatedAt } = snapshot
  const each = (value: (connection: ConnectionHealth) => number) =>
    connections.map(connection => ({ labels: { connection: connection.id }, value: value(connection) }))
  const { waiting, delayed, running, dropped } = queue
  telemetry.gauge(
    'queue_depth',
    Object.entries({ waiting, delayed, running }).map(([state, value]) => ({ labels: { state }, value })),
  )
  telemetry.gauge('queue_dropped', [{ value: dropped }])
  telemetry.gauge(
    'backlog',
    each(connection => connection.backlog),
  )
  telemetry.gauge(
    'oldest_pending_seconds',
    each(({ oldestPendingAt }) => (oldestPendingAt === null ? 0 : (generatedAt - oldestPendingAt) / 1_000)),
  )
  telemetry.gauge(
    'dead_letters_open',
    each(connection => connection.deadLetters),
  )
  telemetry.gauge(
    'circuit_open',
    each(connection => (connection.circuit === 'open' ? 1 : 0)),
  )
  telemetry.gauge(
    'connection_state',
    connections.flatMap(connection =>
      STATES.map(state => ({
        labels: { connection: connection.id, state },
        value: connection.state === state ? 1 : 0,
      })),
    ),
  )
  const { held, escalated, late, soon } = snapshot.orders
  const byState = (counts: Record<string, number>) =>
    Object.entries(counts).map(([state, value]) => ({ labels: { state }, value }))
  telemetry.gauge('held_orders', byState({ waiting: held - escalated, escalated }))
  telemetry.gauge('ship_by_orders', byState({ soon, late }))
  telemetry.gauge('lost', [{ value: totals.lost }])
  telemetry.gauge('info', [{ labels: { version, node: process.version }, value: 1 }])
}
