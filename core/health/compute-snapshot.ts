import type { Directory } from '../accounts/directory.ts'
import type { Connector } from '../contracts/connector.ts'
import type { Queue, QueueStats } from '../contracts/queue.ts'
import type { Store } from '../contracts/store.ts'
import { accountFor, oldest } from './accounting.ts'
import { type Breakers, connectionHealth } from './connection-health.ts'
import { type FlowEnds, flowHealth } from './flow-health.ts'
import { addLatency, emptyLatency, percentile, percentiles } from './latency.ts'
import { type MinuteWindow, type Series, WINDOW_MINUTES } from './minute-window.ts'
import { type OrderSources, ordersHealth } from './orders-health.ts'
import type { ConnectionHealth, HealthSnapshot, MinuteRates } from './snapshot-types.ts'
import { hubVerdict } from './status.ts'
import { type StockSources, stockHealth } from './stock-health.ts'

export interface SnapshotSources extends Omit<OrderSources, 'store'>, StockSources {
  store: Pick<Store, 'upkeep' | 'documents' | 'deadLetters'>
  queue: Pick<Queue, 'stats'>
  directory: Pick<Directory, 'list'>
  connectors: ReadonlyMap<string, Connector>
  flows: readonly FlowEnds[]
  breakers: Breakers
  window: MinuteWindow
}

const TOP_CAUSES = 20

interface SnapshotRequest {
  now: number
  tenant?: string
  /** What looked lost in the picture before: work between two writes looks lost for a moment, a real loss stays. */
  suspect: number
}

/** One picture of the hub, or of one tenant's part of it. A handful of reads of the store, however large it is. */
export async function computeSnapshot(
  sources: SnapshotSources,
  { now, tenant, suspect }: SnapshotRequest,
): Promise<{ snapshot: HealthSnapshot; suspect: number }> {
  const { store, queue, directory } = sources
  const [all, series, queueStats] = await Promise.all([
    directory.list(),
    sources.window.read(now),
    queue.stats(),
  ])
  // A letter is opened before its work is marked dead: read in this order, no parking in between looks like a loss.
  const backlog = await store.upkeep.backlog()
  const letters = await store.deadLetters.list({ tenant, state: 'open' }, { limit: 1 })
  const [documents, causes] = await Promise.all([
    store.documents.list({ tenant }, { limit: 1 }),
    store.deadLetters.causes({ tenant, state: 'open' }, { limit: TOP_CAUSES }),
  ])
  const [{ orders, heldAt }, stock] = await Promise.all([
    ordersHealth(sources, tenant),
    stockHealth(sources, tenant),
  ])
  const own = all.filter(connection => tenant === undefined || connection.tenant === tenant)
  const ids = new Set(own.map(connection => connection.id))
  const rows = tenant === undefined ? backlog.rows : backlog.rows.filter(row => ids.has(row.connection))
  const connections = own.map(connection =>
    connectionHealth({
      connection,
      connector: sources.connectors.get(connection.connector),
      rows,
      series,
      breakers: sources.breakers,
      held: heldAt.get(connection.id) ?? 0,
      now,
    }),
  )
  const counted = accountFor({
    rows,
    documents: documents.total,
    openDeadLetters: letters.total,
    held: orders.held,
    skippedBy: skippedBy(series, connections),
  })
  const accounting = { ...counted, lost: Math.min(counted.lost, suspect) }
  const { status, reason } = hubVerdict(connections, {
    deadLetters: letters.total,
    lost: accounting.lost,
    orders,
    oversold: stock?.oversold ?? 0,
  })
  const snapshot: HealthSnapshot = {
    generatedAt: now,
    firstMinute: series.firstMinute,
    status,
    summary: reason,
    totals: {
      received: accounting.received,
      documents: accounting.documents,
      confirmed: accounting.confirmed,
      pending: accounting.pending + accounting.undelivered,
      deadLetters: letters.total,
      lost: accounting.lost,
      oldestPendingAt: oldest(rows),
    },
    rates: totalRates(connections),
    ...latencyOf(series, connections),
    queue: queueTotals(queueStats),
    connections,
    flows: flowsOf(sources.flows, tenant).map(flow => flowHealth(flow, series, connections)),
    causes: causes.items,
    accounting,
    orders,
    stock,
  }
  return { snapshot, suspect: counted.lost }
}

/** Flows name connections of every tenant, so only the whole picture shows them. */
const flowsOf = (flows: readonly FlowEnds[], tenant?: string) => (tenant === undefined ? flows : [])

function totalRates(connections: readonly ConnectionHealth[]): MinuteRates {
  const total = (name: keyof MinuteRates) =>
    Array.from({ length: WINDOW_MINUTES }, (_, minute) =>
      connections.reduce((sum, { rates }) => sum + (rates[name][minute] ?? 0), 0),
    )
  return { received: total('received'), confirmed: total('confirmed'), failed: total('failed') }
}

function latencyOf(
  series: Series,
  connections: readonly ConnectionHealth[],
): Pick<HealthSnapshot, 'latency' | 'latencyTrend'> {
  const minutes = series.latencyPerMinute(connections.map(connection => `connection:${connection.id}`))
  return {
    latency: percentiles(minutes.reduce((sum, minute) => addLatency(sum, minute), emptyLatency())),
    latencyTrend: {
      p50: minutes.map(minute => percentile(minute, 0.5)),
      p95: minutes.map(minute => percentile(minute, 0.95)),
    },
  }
}

function skippedBy(series: Series, connections: readonly ConnectionHealth[]): Record<string, number> {
  const reasons: Record<string, number> = {}
  for (const { id } of connections)
    for (const [name, count] of Object.entries(series.counts(`connection:${id}`)))
      if (name.startsWith('skipped:')) reasons[name.slice(8)] = (reasons[name.slice(8)] ?? 0) + count
  return reasons
}

function queueTotals({ topics, dropped }: QueueStats): HealthSnapshot['queue'] {
  const total = (name: 'waiting' | 'delayed' | 'running') =>
    Object.values(topics).reduce((sum, topic) => sum + topic[name], 0)
  return { waiting: total('waiting'), delayed: total('delayed'), running: total('running'), dropped, topics }
}
