import { useMemo } from 'preact/hooks'
import type { HealthSnapshot } from '#core/health/snapshot-types.ts'
import { type Line, LineChart } from '../charts/line-chart.tsx'
import { Panel } from '../components/panel.tsx'
import { formatCount, sum } from '../format.ts'

export function ThroughputChart({ snapshot: { rates, firstMinute } }: { snapshot: HealthSnapshot }) {
  const lines = useMemo<Line[]>(
    () => [
      { label: 'Received', color: 'received', values: rates.received, overall: sum(rates.received) },
      {
        label: 'Confirmed',
        color: 'confirmed',
        values: rates.confirmed,
        overall: sum(rates.confirmed),
        area: true,
      },
      { label: 'Failed', color: 'bad', values: rates.failed, overall: sum(rates.failed), dashed: true },
    ],
    [rates],
  )
  const summary = `Last hour: ${formatCount(sum(rates.received))} received, ${formatCount(sum(rates.confirmed))} confirmed, ${formatCount(sum(rates.failed))} attempts failed.`
  return (
    <Panel id="throughput" title="Throughput per minute">
      <LineChart label={summary} firstMinute={firstMinute} lines={lines} format={formatCount} least={4} />
    </Panel>
  )
}
