import type { FlowHealth } from '#core/health/snapshot-types.ts'
import { Sparkline } from '../charts/sparkline.tsx'
import { Panel } from '../components/panel.tsx'
import { StatusMark } from '../components/status.tsx'
import { formatAgo, formatCount, formatLatency, sum } from '../format.ts'

export function FlowsTable({ flows, now }: { flows: readonly FlowHealth[]; now: number }) {
  return (
    <Panel id="flows" title="Flows" aside={formatCount(flows.length)}>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Flow</th>
              <th scope="col">Status</th>
              <th scope="col" class="optional">
                Confirmed, last hour
              </th>
              <th scope="col" class="num wide">
                Last confirmed
              </th>
              <th scope="col" class="num optional">
                p95
              </th>
              <th scope="col" class="num">
                Confirmed
              </th>
              <th scope="col" class="num">
                Failed
              </th>
            </tr>
          </thead>
          <tbody>
            {flows.map(flow => (
              <Row key={flow.id} flow={flow} now={now} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}

function Row({
  flow: { resource, from, to, status, reason, rates, latency, lastConfirmedAt },
  now,
}: {
  flow: FlowHealth
  now: number
}) {
  const failed = sum(rates.failed)
  return (
    <tr>
      <th scope="row">
        {resource}
        <small>
          {from.join(', ')} → {to.join(', ')}
        </small>
      </th>
      <td>
        <StatusMark status={status} />
        <small>{reason}</small>
      </td>
      <td class="optional">
        <Sparkline values={rates.confirmed} label="Confirmed" color="confirmed" />
      </td>
      <td class="num wide">{formatAgo(lastConfirmedAt, now)}</td>
      <td class="num optional">{formatLatency(latency.p95)}</td>
      <td class="num">{formatCount(sum(rates.confirmed))}</td>
      <td class={`num ${failed === 0 ? 'zero' : 'warn'}`}>{formatCount(failed)}</td>
    </tr>
  )
}
