import { useMemo } from 'preact/hooks'
import type { HealthSnapshot } from '#core/health/snapshot-types.ts'
import { type Line, LineChart } from '../charts/line-chart.tsx'
import { Panel } from '../components/panel.tsx'
import { formatDuration, formatLatency } from '../format.ts'

export function LatencyChart({
  snapshot: { latency, latencyTrend, firstMinute },
}: {
  snapshot: HealthSnapshot
}) {
  const lines = useMemo<Line[]>(
    () => [
      { label: 'p50', color: 'latency', values: latencyTrend.p50, overall: latency.p50 },
      { label: 'p95', color: 'latency', values: latencyTrend.p95, overall: latency.p95, dashed: true },
    ],
    [latencyTrend, latency],
  )
  const summary = `Last hour from receipt to confirmation: half within ${formatLatency(latency.p50)}, 95 percent within ${formatLatency(latency.p95)}.`
  return (
    <Panel id="latency" title="Receipt to confirmation" aside={`p99 ${formatLatency(latency.p99)}`}>
      <LineChart
        label={summary}
        firstMinute={firstMinute}
        lines={lines}
        format={formatDuration}
        least={100}
      />
    </Panel>
  )
}
