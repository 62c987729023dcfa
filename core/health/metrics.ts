export interface MetricRow {
  type: 'counter' | 'gauge' | 'histogram'
  help: string
  /** Label names; values are bounded by connections, flows and register codes, never ids. */
  labels: readonly string[]
  /** Histogram bounds in the metric's own unit. */
  buckets?: readonly number[]
  /** Values are given in milliseconds and shown in seconds, the unit that Prometheus expects. */
  milliseconds?: true
}

const counter = (help: string, ...labels: string[]): MetricRow => ({ type: 'counter', help, labels })
const gauge = (help: string, ...labels: string[]): MetricRow => ({ type: 'gauge', help, labels })
const duration = (help: string, buckets: number[], ...labels: string[]): MetricRow => ({
  type: 'histogram',
  help,
  labels,
  buckets,
  milliseconds: true,
})

/** Every metric of the hub, shown with the prefix `crossdock_`. `METRICS.md` is compared with it by a test. */
export const METRICS = {
  webhooks_total: counter(
    'Webhook requests by result: stored, duplicate, or the code that refused them.',
    'connection',
    'result',
  ),
  received_total: counter(
    'Raw things that reached the inbox by way in and result: stored or duplicate.',
    'connection',
    'via',
    'result',
  ),
  messages_total: counter('Translations by the state the message reached.', 'connection', 'state'),
  dead_letters_total: counter('Dead letters opened, by error code.', 'connection', 'code'),
  holds_escalated_total: counter('Held orders whose owner did not decide in time.', 'connection', 'rule'),
  ship_by_alerts_total: counter(
    'Orders called out because they must be shipped, by their channel.',
    'connection',
  ),
  attempts_total: counter('Attempts by work and outcome.', 'work', 'connection', 'outcome'),
  flow_attempts_total: counter('Delivery attempts by flow and outcome.', 'flow', 'outcome'),
  attempt_seconds: duration(
    'How long one attempt took.',
    [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
    'work',
    'connection',
  ),
  confirm_latency_seconds: duration(
    'From receipt of the message to confirmation at the destination.',
    [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900, 3_600],
    'connection',
  ),
  ingest_seconds: duration(
    'From the first byte of a webhook to its answer.',
    [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1],
    'connection',
  ),
  subscriptions_repaired_total: counter(
    'Webhook subscriptions that had lapsed, changed or gone at the partner and were made good.',
    'connection',
  ),
  polled_total: counter('Records that polls brought in.', 'connection', 'resource'),
  budget_wait_seconds: duration(
    'How long calls waited for the rate budget of the partner’s account.',
    [0.001, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 20],
    'connection',
  ),
  shared_state_outages_total: counter(
    'Outages of Redis in which this process kept to its own share of rate limits.',
  ),
  worker_restarts_total: counter('Workers that crashed and were started again.', 'worker'),
  drift_total: counter(
    'Differences between live payloads and the declared source schema, when first seen, by kind.',
    'connection',
    'kind',
  ),
  stock_differences_total: counter(
    'Stock figures at a channel that were not what the ledger knew: met by a write, or by a compare as drift.',
    'connection',
    'met',
  ),
  stock_uncounted_total: counter(
    'Inventory documents of a source of counts that name no SKU or count nothing.',
    'connection',
  ),
  dropped_series_total: counter('Records whose series did not fit in memory and were counted under “other”.'),

  queue_depth: gauge(
    'Jobs of the queue by topic (translate; deliver; publish: stock and catalogue) and state: waiting, delayed, running.',
    'topic',
    'state',
  ),
  queue_dropped: gauge('Jobs that the queue let go; the sweeper brings them back from the store.'),
  backlog: gauge('Messages and deliveries under way.', 'connection'),
  oldest_pending_seconds: gauge('Age of the oldest work under way.', 'connection'),
  dead_letters_open: gauge('Dead letters that wait for a decision.', 'connection'),
  held_orders: gauge('Orders that rules hold back by state: waiting for their owner, escalated.', 'state'),
  ship_by_orders: gauge(
    'Orders without a shipment at their channel by state: to be shipped soon, late.',
    'state',
  ),
  stock_items: gauge(
    'Items of the ledger of stock by state: counted, stale (of a count that is too old), oversold (orders hold more than is counted), drifted (a compare found and repaired a difference within a day).',
    'state',
  ),
  stock_figures: gauge(
    'Figures at channels by state: unpublished (the channel does not show yet what it ought to), refused (it would not take it).',
    'connection',
    'state',
  ),
  circuit_open: gauge('1 while the connection rests after repeated failures.', 'connection'),
  connection_state: gauge('1 for the state the connection is in.', 'connection', 'state'),
  lost: gauge('Work that the accounting cannot place: must be 0.'),
  info: gauge('Always 1; the labels say what runs.', 'version', 'node'),
} as const satisfies Record<string, MetricRow>

export type MetricName = keyof typeof METRICS

export const METRIC_PREFIX = 'crossdock_'

export const isMetricName = (name: string): name is MetricName => Object.hasOwn(METRICS, name)

/** `METRICS.md`, from the register. */
export function metricsReference(): string {
  const rows = Object.entries<MetricRow>(METRICS).map(
    ([name, { type, help, labels }]) =>
      `| \`${METRIC_PREFIX}${name}\` | ${type} | ${labels.map(label => `\`${label}\``).join(' ') || '–'} | ${help} |`,
  )
  return `# Metrics

Generated from \`metrics.ts\` by \`npm run generate\`. Scraped at \`/metrics\`, beside the process metrics (\`process_…\`,
\`nodejs_…\`) of prom-client. Label values are connections, flows and words of registers, never ids.

| name | type | labels | meaning |
| --- | --- | --- | --- |
${rows.join('\n')}
`
}
