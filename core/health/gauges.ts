import type { ConnectionState } from '../contracts/store.ts'
import type { ConnectionHealth, HealthSnapshot, StockHealth } from './snapshot-types.ts'
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
  telemetry.gauge(
    'queue_depth',
    Object.entries(queue.topics).flatMap(([topic, counts]) =>
      Object.entries(counts).map(([state, value]) => ({ labels: { topic, state }, value })),
    ),
  )
  telemetry.gauge('queue_dropped', [{ value: queue.dropped }])
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
  publishStock(telemetry, snapshot.stock)
  telemetry.gauge('lost', [{ value: totals.lost }])
  telemetry.gauge('info', [{ labels: { version, node: process.version }, value: 1 }])
}

/** Nothing where no ledger is declared. */
function publishStock(telemetry: Pick<HubTelemetry, 'gauge'>, stock: StockHealth | null): void {
  const { channels = [], items: counted = 0, stale = 0, oversold = 0, drifted = 0 } = stock ?? {}
  const states = stock ? Object.entries({ counted, stale, oversold, drifted }) : []
  telemetry.gauge(
    'stock_items',
    states.map(([state, value]) => ({ labels: { state }, value })),
  )
  telemetry.gauge(
    'stock_figures',
    channels.flatMap(({ channel: connection, unpublished, refused }) => [
      { labels: { connection, state: 'unpublished' }, value: unpublished },
      { labels: { connection, state: 'refused' }, value: refused },
    ]),
  )
}
