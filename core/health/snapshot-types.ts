import type { QueueStats } from '../contracts/queue.ts'
import type { Cause, ConnectionState } from '../contracts/store.ts'
import type { StockSurvey } from '../inventory/survey.ts'
import type { ShipByRow } from '../orchestration/ship-by.ts'

/** What the health API answers and the pages show. Types only: the browser imports this file. */

/** `down`: nothing gets through. `degraded`: it works, but somebody should look. */
export type HealthStatus = 'ok' | 'degraded' | 'down'

/** Minutes of every series in a snapshot; the last one is the running minute. */
export type PerMinute = number[]

export interface MinuteRates {
  received: PerMinute
  confirmed: PerMinute
  failed: PerMinute
}

/** Milliseconds from receipt of the message to confirmation at the destination; null without samples. */
export interface Percentiles {
  p50: number | null
  p95: number | null
  p99: number | null
}

/** Where every message is. `received` is the sum of all the others but documents, confirmed and lost. */
export interface Accounting {
  received: number
  done: number
  skipped: number
  /** Skipped in the last hour by error code. */
  skippedBy: Record<string, number>
  stale: number
  dead: number
  /** Orders that a rule holds back: deliveries, each with its open dead letter. */
  held: number
  discarded: number
  pending: number
  documents: number
  /** Deliveries whose destination holds the newest revision. */
  confirmed: number
  /** Deliveries under way: pending, waiting or held. */
  undelivered: number
  /** Work that is dead without an open dead letter, or in a state nobody knows: must be 0. */
  lost: number
}

export interface ConnectionHealth {
  id: string
  tenant: string
  /** Display name of the connector. */
  name: string
  connector: string
  kind: string
  state: ConnectionState
  stateReason?: string
  circuit: 'closed' | 'open'
  /** When a resting connection is tried again. */
  circuitUntil: number | null
  status: HealthStatus
  /** One sentence. */
  reason: string
  rates: MinuteRates
  latency: Percentiles
  backlog: number
  oldestPendingAt: number | null
  deadLetters: number
  /** To the minute; null: none in the last hour. */
  lastReceivedAt: number | null
  lastConfirmedAt: number | null
  /** Its webhooks at the partner, where the hub keeps them. */
  subscriptions?: { checkedAt: number; total: number; repaired: number; problem?: string }
}

export interface FlowHealth {
  id: string
  resource: string
  from: string[]
  to: string[]
  status: HealthStatus
  reason: string
  rates: Pick<MinuteRates, 'confirmed' | 'failed'>
  latency: Percentiles
  lastConfirmedAt: number | null
}

/** Orders that wait for people. */
export interface OrdersHealth {
  /** Held back by rules. */
  held: number
  /** Of these, those whose owner did not decide in time. */
  escalated: number
  /** Past the time at which they were to be shipped, with no shipment confirmed at their channel. */
  late: number
  /** Nearly so. */
  soon: number
  /** The most urgent of both. */
  next: readonly ShipByRow[]
}

/** The ledger of stock in figures. */
export type StockHealth = Omit<StockSurvey, 'tenant'>

export interface HealthSnapshot {
  generatedAt: number
  /** Start of the first minute of every series. */
  firstMinute: number
  status: HealthStatus
  /** One sentence for somebody who only glances. */
  summary: string
  totals: {
    received: number
    documents: number
    confirmed: number
    pending: number
    deadLetters: number
    lost: number
    oldestPendingAt: number | null
  }
  rates: MinuteRates
  latency: Percentiles
  /** Per minute; null where nothing was confirmed. */
  latencyTrend: { p50: (number | null)[]; p95: (number | null)[] }
  queue: {
    waiting: number
    delayed: number
    running: number
    dropped: number
    topics: QueueStats['topics']
  }
  connections: ConnectionHealth[]
  flows: FlowHealth[]
  /** Causes with the most open dead letters. */
  causes: Cause[]
  accounting: Accounting
  orders: OrdersHealth
  /** Null where no ledger of stock is declared. */
  stock: StockHealth | null
}

export interface ReliabilityRow {
  received: number
  confirmed: number
  /** Attempts that failed, whether or not a later one succeeded. */
  failed: number
  /** Parked as dead letters. */
  parked: number
  /** confirmed ÷ (confirmed + parked); null when neither happened. */
  successRate: number | null
  latency: Percentiles
}

export interface ReliabilityReport extends ReliabilityRow {
  from: number
  to: number
  generatedAt: number
  deadLettersOpen: number
  connections: (ReliabilityRow & { id: string; tenant: string; connector: string })[]
}
