import type { Stats } from '../contracts/store.ts'
import type { AttemptRecord, Labels, Telemetry } from '../contracts/telemetry.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Log } from './log.ts'
import { isMetricName, METRIC_PREFIX } from './metrics.ts'
import { MinuteBuckets } from './minute-buckets.ts'
import { countOf, countsOf, isIntended } from './outcome.ts'
import { createPrometheus, type Prometheus } from './prometheus.ts'

/** Telemetry of one process. `flush` about every second and once on the way out, or the last second is not counted. */
export interface HubTelemetry extends Telemetry {
  gauge: Prometheus['gauge']
  metricsText(): Promise<string>
  /** Writes the minute buckets; after a failure they are kept for the next flush. */
  flush(): Promise<void>
}

export interface TelemetryOptions {
  log: Log
  clock: Clock
  stats: Pick<Stats, 'add'>
  /** Also publish memory, CPU and event loop of the process. */
  processMetrics?: boolean
}

/** Log line, counters, histograms and minute buckets out of the same record. */
export function createTelemetry({
  log,
  clock,
  stats,
  processMetrics = false,
}: TelemetryOptions): HubTelemetry {
  const prometheus = createPrometheus({ processMetrics })
  const buckets = new MinuteBuckets(stats, () => prometheus.count('dropped_series_total', {}, 1))
  const unknown = new Set<string>()

  /** A wrong name is a mistake in the hub: said once, never a reason to fail the work that reports. */
  const known = (name: string) => {
    const short = name.startsWith(METRIC_PREFIX) ? name.slice(METRIC_PREFIX.length) : name
    if (isMetricName(short)) return short
    if (unknown.size < 100 && !unknown.has(name)) log.warn({ metric: name }, 'metric is not in the register')
    if (unknown.size < 100) unknown.add(name)
    return null
  }

  return {
    attempt(record) {
      const ended = countOf(record)
      log[ended === 'failed' ? 'warn' : 'info'](
        { event: 'attempt', ...record },
        `${record.work} ${record.outcome}`,
      )
      countAttempt(prometheus, record)
      const counts = countsOf(record)
      for (const series of seriesOf(record)) {
        buckets.count(series, clock.now(), counts)
        if (record.latencyMs !== undefined) buckets.latency(series, clock.now(), record.latencyMs)
      }
    },
    count(name, labels = {}, by = 1) {
      const metric = known(name)
      if (!metric) return
      prometheus.count(metric, labels, by)
      const counted = countedInMinutes(metric, labels)
      if (counted) buckets.count(`connection:${labels['connection']}`, clock.now(), { [counted]: by })
    },
    observe(name, value, labels = {}) {
      const metric = known(name)
      if (metric) prometheus.observe(metric, value, labels)
    },
    log: (level, message, fields = {}) => log[level](fields, message),
    gauge: prometheus.gauge,
    metricsText: prometheus.text,
    flush: () => buckets.flush(),
  }
}

function countAttempt(prometheus: Prometheus, record: AttemptRecord): void {
  const { work, connection, outcome, flow, ms, latencyMs } = record
  prometheus.count('attempts_total', { work, connection, outcome }, 1)
  prometheus.observe('attempt_seconds', ms, { work, connection })
  if (work === 'translate') prometheus.count('messages_total', { connection, state: outcome }, 1)
  if (flow !== undefined) prometheus.count('flow_attempts_total', { flow, outcome }, 1)
  if (latencyMs !== undefined) prometheus.observe('confirm_latency_seconds', latencyMs, { connection })
}

const seriesOf = ({ connection, flow }: AttemptRecord): string[] =>
  flow === undefined ? [`connection:${connection}`] : [`connection:${connection}`, `flow:${flow}`]

/** The counters that also feed the minutes, beside the attempts. */
function countedInMinutes(metric: string, labels: Labels): 'received' | 'parked' | null {
  if (labels['connection'] === undefined) return null
  if (metric === 'received_total' && labels['result'] === 'stored') return 'received'
  return metric === 'dead_letters_total' && !isIntended(labels['code']) ? 'parked' : null
}
