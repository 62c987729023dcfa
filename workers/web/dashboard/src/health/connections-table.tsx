import type { ConnectionHealth } from '#core/health/snapshot-types.ts'
import { Sparkline } from '../charts/sparkline.tsx'
import { Empty, Panel } from '../components/panel.tsx'
import { StatusMark } from '../components/status.tsx'
import { formatAge, formatAgo, formatCount, formatDuration, formatLatency, plural, sum } from '../format.ts'
import { Link } from '../router.tsx'

interface ConnectionsTableProps {
  connections: readonly ConnectionHealth[]
  now: number
}

const RANK = { down: 0, degraded: 1, ok: 2 }

export function ConnectionsTable({ connections, now }: ConnectionsTableProps) {
  if (connections.length === 0) return <NoConnections />
  const sorted = connections.toSorted((a, b) => RANK[a.status] - RANK[b.status] || a.id.localeCompare(b.id))
  return (
    <Panel id="connections" title="Connections" aside={formatCount(connections.length)}>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Connection</th>
              <th scope="col">Status</th>
              <th scope="col" class="optional">
                Activity, last hour
              </th>
              <th scope="col" class="num wide">
                Last seen
              </th>
              <th scope="col" class="num optional">
                p95
              </th>
              <th scope="col" class="num">
                Backlog
              </th>
              <th scope="col" class="num optional">
                Oldest
              </th>
              <th scope="col" class="num">
                Dead letters
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(connection => (
              <Row key={connection.id} connection={connection} now={now} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}

function Row({ connection, now }: { connection: ConnectionHealth; now: number }) {
  const { id, name, kind, status, rates, latency, backlog, oldestPendingAt, deadLetters } = connection
  const activity = rates.received.map((count, minute) => count + (rates.confirmed[minute] ?? 0))
  const seen = Math.max(connection.lastReceivedAt ?? 0, connection.lastConfirmedAt ?? 0)
  return (
    <tr>
      <th scope="row">
        {id}
        <small>
          {name} · {kind}
        </small>
      </th>
      <td>
        <StatusMark status={status} />
        <small>{reasonOf(connection, now)}</small>
        {connection.subscriptions && <small>{webhooksOf(connection.subscriptions, now)}</small>}
      </td>
      <td class="optional">
        <Sparkline
          values={activity}
          label="Received and confirmed"
          color={sum(rates.received) > 0 ? 'received' : 'confirmed'}
        />
      </td>
      <td class="num wide">{formatAgo(seen || null, now)}</td>
      <td class="num optional">{formatLatency(latency.p95)}</td>
      <td class={`num ${backlog === 0 ? 'zero' : ''}`}>{formatCount(backlog)}</td>
      <td class="num optional">{formatAge(oldestPendingAt, now)}</td>
      <td class={`num ${deadLetters === 0 ? 'zero' : 'warn'}`}>{formatCount(deadLetters)}</td>
    </tr>
  )
}

function reasonOf({ reason, circuitUntil }: ConnectionHealth, now: number): string {
  if (circuitUntil === null || circuitUntil <= now) return reason
  return `Rests after repeated failures; next try in ${formatDuration(circuitUntil - now)}.`
}

function webhooksOf(seen: NonNullable<ConnectionHealth['subscriptions']>, now: number): string {
  const when = formatAgo(seen.checkedAt, now)
  if (seen.problem) return `Webhooks, looked at ${when}: ${seen.problem}`
  const mended = seen.repaired > 0 ? `, ${seen.repaired} of them repaired` : ''
  return `${plural(seen.total, 'webhook')} in place${mended}; looked at ${when}.`
}

function NoConnections() {
  return (
    <Panel id="connections" title="Connect the first store or ERP">
      <Empty>
        <p>
          <Link to="/connect-a-store">Connect a store</Link> whose owner agrees on the partner’s own page, or
          give its secrets:
        </p>
        <p>From the command line, or declared in the file that HUB_CONFIG names:</p>
        <pre>
          npm run -s hub -- connections add my-shop --tenant my-company --connector shopify --set
          shop=my-shop.myshopify.com --secret webhookSecret=…
        </pre>
        <p>
          To look around with simulated partners first, run <code>npm run demo</code>.
        </p>
      </Empty>
    </Panel>
  )
}
