import type { HealthSnapshot } from '#core/health/snapshot-types.ts'
import type { Session } from '../api/types.ts'
import { Panel, Skeleton } from '../components/panel.tsx'
import { CausesPanel } from '../dead-letters/causes-panel.tsx'
import { ApiCalendar } from './api-calendar.tsx'
import { ConnectionsTable } from './connections-table.tsx'
import { FlowsTable } from './flows-table.tsx'
import { LatencyChart } from './latency-chart.tsx'
import { OrdersPanel } from './orders-panel.tsx'
import { StockPanel } from './stock-panel.tsx'
import { ThroughputChart } from './throughput-chart.tsx'
import { TotalsStrip } from './totals-strip.tsx'
import { Verdict } from './verdict.tsx'

interface HealthPageProps {
  snapshot: HealthSnapshot | null
  session: Session | null
}

/** Integration health at a glance: is all well, how much flows, what needs a hand. */
export function HealthPage({ snapshot, session }: HealthPageProps) {
  if (!snapshot) return <Loading />
  if (snapshot.connections.length === 0 && snapshot.totals.received === 0) return <Start />
  return (
    <>
      <Verdict snapshot={snapshot} />
      <TotalsStrip snapshot={snapshot} />
      <div class="columns">
        <ThroughputChart snapshot={snapshot} />
        <LatencyChart snapshot={snapshot} />
      </div>
      <OrdersPanel snapshot={snapshot} />
      <StockPanel stock={snapshot.stock} />
      <CausesPanel snapshot={snapshot} session={session} limit={5} />
      <ConnectionsTable connections={snapshot.connections} now={snapshot.generatedAt} />
      {snapshot.flows.length > 0 && <FlowsTable flows={snapshot.flows} now={snapshot.generatedAt} />}
      <ApiCalendar connections={snapshot.connections} now={snapshot.generatedAt} />
    </>
  )
}

/** Before there is anything to measure, the next step is worth more than zeros. */
function Start() {
  return (
    <>
      <div class="page-head">
        <h1>Nothing is connected yet</h1>
        <p>As soon as the first messages arrive, this page shows how they flow.</p>
      </div>
      <ConnectionsTable connections={[]} now={0} />
    </>
  )
}

function Loading() {
  return (
    <div aria-busy="true">
      <Skeleton lines={1} height={34} />
      <div class="totals">
        {Array.from({ length: 6 }, (_, cell) => (
          <div key={cell}>
            <Skeleton lines={2} />
          </div>
        ))}
      </div>
      <Panel id="loading" title="Connections">
        <Skeleton lines={6} height={22} />
      </Panel>
    </div>
  )
}
