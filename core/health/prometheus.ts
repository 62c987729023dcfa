import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Labels } from '../contracts/telemetry.ts'
import { createLabelGuard } from './label-guard.ts'
import { METRIC_PREFIX, METRICS, type MetricName, type MetricRow } from './metrics.ts'

type Instrument = Counter | Gauge | Histogram

/** The register as prom-client instruments in a registry of its own: two hubs in one process do not meet. */
export interface Prometheus {
  count(name: MetricName, labels: Labels, by: number): void
  observe(name: MetricName, value: number, labels: Labels): void
  /** Replaces every series of a gauge, so that a connection that is gone disappears. */
  gauge(name: MetricName, rows: readonly { labels?: Labels; value: number }[]): void
  text(): Promise<string>
}

export function createPrometheus(options: { processMetrics: boolean }): Prometheus {
  const registry = new Registry()
  const rows = METRICS as Record<MetricName, MetricRow>
  const instruments = new Map<MetricName, Instrument>()
  for (const [name, row] of Object.entries(rows))
    instruments.set(name as MetricName, instrument(registry, name, row))
  if (options.processMetrics) collectDefaultMetrics({ register: registry })
  const guard = createLabelGuard()
  const guarded = (name: MetricName, labels: Labels) => guard(name, rows[name].labels, labels)

  return {
    count(name, labels, by) {
      const counter = instruments.get(name)
      if (counter instanceof Counter) counter.inc(guarded(name, labels), by)
    },
    observe(name, value, labels) {
      const histogram = instruments.get(name)
      if (histogram instanceof Histogram)
        histogram.observe(guarded(name, labels), rows[name].milliseconds ? value / 1_000 : value)
    },
    gauge(name, series) {
      const gauge = instruments.get(name)
      if (!(gauge instanceof Gauge)) return
      gauge.reset()
      for (const { labels, value } of series) gauge.set(guarded(name, labels ?? {}), value)
    },
    text: () => registry.metrics(),
  }
}

function instrument(registry: Registry, name: string, row: MetricRow): Instrument {
  const shared = {
    name: `${METRIC_PREFIX}${name}`,
    help: row.help,
    labelNames: [...row.labels],
    registers: [registry],
  }
  if (row.type === 'counter') return new Counter(shared)
  if (row.type === 'gauge') return new Gauge(shared)
  return new Histogram({ ...shared, buckets: [...(row.buckets ?? [])] })
}
