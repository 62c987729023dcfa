import type { Cause } from '#core/contracts/store.ts'
import type {
  ConnectionHealth,
  FlowHealth,
  HealthSnapshot,
  Percentiles,
} from '#core/health/snapshot-types.ts'

const MINUTES = 60
const NOW = Date.UTC(2026, 0, 15, 12, 30)

/** A curve with some life in it, the same every time. */
const wave = (height: number, shift = 0): number[] =>
  Array.from({ length: MINUTES }, (_, i) =>
    Math.round(height * (1 + 0.35 * Math.sin((i + shift) / 7) + 0.2 * Math.sin((i * 3 + shift) / 5))),
  )
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const none = (): number[] => new Array<number>(MINUTES).fill(0)

const NO_LATENCY: Percentiles = { p50: null, p95: null, p99: null }

const connection = (
  id: string,
  name: string,
  kind: string,
  rest: Partial<ConnectionHealth> = {},
): ConnectionHealth => ({
  id,
  tenant: 'acme',
  name,
  connector: name.toLowerCase(),
  kind,
  state: 'active',
  circuit: 'closed',
  circuitUntil: null,
  status: 'ok',
  reason: `${sum(rest.rates?.received ?? []) + sum(rest.rates?.confirmed ?? [])} in the last hour.`,
  rates: { received: none(), confirmed: none(), failed: none() },
  latency: NO_LATENCY,
  backlog: 0,
  oldestPendingAt: null,
  deadLetters: 0,
  lastReceivedAt: NOW - 20_000,
  lastConfirmedAt: null,
  ...rest,
})

const receiving = (height: number, shift: number) => ({
  received: wave(height, shift),
  confirmed: none(),
  failed: none(),
})

export function fixtureConnections(deadLetters: number): ConnectionHealth[] {
  const waits = deadLetters > 0
  return [
    connection('acme-shopify', 'Shopify', 'storefront', {
      rates: receiving(24, 3),
      deadLetters,
      ...(waits && { status: 'degraded', reason: `${deadLetters} dead letters wait for a decision.` }),
    }),
    connection('acme-amazon-eu', 'Amazon', 'marketplace', { rates: receiving(15, 20) }),
    connection('acme-square-pos', 'Square', 'pos', { rates: receiving(6, 40) }),
    connection('acme-odoo', 'Odoo', 'erp', {
      rates: { received: none(), confirmed: wave(44, 10), failed: none() },
      latency: { p50: 180, p95: 620, p99: 1_400 },
      backlog: 12,
      oldestPendingAt: NOW - 2_400,
      lastConfirmedAt: NOW - 5_000,
    }),
    connection('acme-3pl', 'ShipBob', 'fulfilment', {
      status: 'down',
      reason: 'Rests after repeated failures and tries again by itself.',
      circuit: 'open',
      circuitUntil: NOW + 42_000,
      rates: {
        received: none(),
        confirmed: none().map((_, i) => (i < 41 ? 4 : 0)),
        failed: none().map((_, i) => (i > 40 && i < 47 ? 3 : 0)),
      },
      latency: { p50: 900, p95: 2_600, p99: 4_100 },
      backlog: 61,
      oldestPendingAt: NOW - 17 * 60_000,
    }),
    connection('acme-etsy', 'Etsy', 'marketplace', {
      reason: 'Quiet: nothing in the last hour.',
      lastReceivedAt: null,
    }),
  ]
}

const flow = (
  resource: string,
  from: string[],
  to: string[],
  confirmed: number[],
  rest: Partial<FlowHealth> = {},
): FlowHealth => ({
  id: `${resource}-${to[0]}`,
  resource,
  from,
  to,
  status: 'ok',
  reason: `${sum(confirmed)} confirmed in the last hour.`,
  rates: { confirmed, failed: none() },
  latency: { p50: 170, p95: 600, p99: 1_300 },
  lastConfirmedAt: NOW - 5_000,
  ...rest,
})

export const fixtureCause = (open: number): Cause => ({
  cause: 'table-miss-financial-status',
  code: 'MAPPING_TABLE_MISS',
  title: 'The value “partially_voided” is in no entry of the table financialStatus.',
  connections: ['acme-shopify'],
  resources: ['order'],
  open,
  total: 3,
  firstAt: NOW - 52 * 60_000,
  lastAt: NOW - 3 * 60_000,
  sample: 'letter-1',
})

/** An hour of a hub with two troubles: dead letters of one cause, and a partner that rests. */
export function fixtureSnapshot(open: number): HealthSnapshot {
  const connections = fixtureConnections(open)
  const total = (name: 'received' | 'confirmed' | 'failed') =>
    none().map((_, i) => connections.reduce((sum, { rates }) => sum + rates[name][i]!, 0))
  return {
    generatedAt: NOW,
    firstMinute: NOW - (MINUTES - 1) * 60_000,
    status: 'down',
    summary: 'acme-3pl is down.',
    totals: {
      received: 128_412,
      documents: 61_207,
      confirmed: 122_940,
      pending: 73,
      deadLetters: open,
      lost: 0,
      oldestPendingAt: NOW - 17 * 60_000,
    },
    rates: { received: total('received'), confirmed: total('confirmed'), failed: total('failed') },
    latency: { p50: 180, p95: 640, p99: 1_500 },
    latencyTrend: { p50: wave(180, 5), p95: wave(560, 12) },
    queue: {
      ...{ waiting: 12, delayed: 61, running: 4, dropped: 0 },
      topics: {
        translate: { waiting: 4, delayed: 1, running: 2 },
        deliver: { waiting: 2, delayed: 60, running: 1 },
        publish: { waiting: 6, delayed: 0, running: 1 },
      },
    },
    connections,
    flows: [
      flow('order', ['storefront', 'marketplace', 'pos'], ['acme-odoo'], wave(38, 10)),
      flow('inventory', ['acme-odoo'], ['storefront', 'marketplace'], wave(12, 30)),
      flow('shipment', ['acme-odoo'], ['acme-3pl'], none(), {
        status: 'down',
        reason: 'acme-3pl cannot be reached or used.',
        lastConfirmedAt: NOW - 19 * 60_000,
      }),
    ],
    causes: open > 0 ? [fixtureCause(open)] : [],
    accounting: {
      received: 128_412,
      done: 124_306,
      skipped: 3_981,
      skippedBy: { TOPIC_IGNORED: 41 },
      stale: 122,
      dead: open,
      held: 0,
      discarded: 0,
      pending: 3 - open,
      documents: 61_207,
      confirmed: 122_940,
      undelivered: 73,
      lost: 0,
    },
    orders: {
      ...{ held: open > 0 ? 1 : 0, escalated: 0, late: 1, soon: 2 },
      next: [
        shipBy('#1042', 'acme-amazon-eu', -40),
        shipBy('#1057', 'acme-amazon-eu', 95),
        shipBy('#1061', 'acme-shopify', 170),
      ],
    },
    stock: {
      ...{ items: 10_412, stale: 3, oversold: 1, drifted: 2 },
      channels: [
        { channel: 'acme-shopify', shown: 10_398, unpublished: 14, refused: 0 },
        { channel: 'acme-amazon-eu', shown: 10_240, unpublished: 168, refused: 4 },
      ],
    },
  }
}

const shipBy = (number: string, connection: string, inMinutes: number) => ({
  ...{
    document: `order:acme:${connection}:${number}`,
    tenant: 'acme',
    connection,
    externalId: number,
    number,
  },
  ...{ shipBy: NOW + inMinutes * 60_000, late: inMinutes < 0 },
})

export const emptySnapshot = (): HealthSnapshot => ({
  ...fixtureSnapshot(0),
  stock: null,
  status: 'ok',
  summary: 'No connections yet.',
  totals: {
    received: 0,
    documents: 0,
    confirmed: 0,
    pending: 0,
    deadLetters: 0,
    lost: 0,
    oldestPendingAt: null,
  },
  rates: { received: none(), confirmed: none(), failed: none() },
  latency: NO_LATENCY,
  latencyTrend: { p50: none().map(() => null), p95: none().map(() => null) },
  connections: [],
  flows: [],
  orders: { held: 0, escalated: 0, late: 0, soon: 0, next: [] },
  accounting: {
    received: 0,
    done: 0,
    skipped: 0,
    skippedBy: {},
    stale: 0,
    dead: 0,
    held: 0,
    discarded: 0,
    pending: 0,
    documents: 0,
    confirmed: 0,
    undelivered: 0,
    lost: 0,
  },
})
