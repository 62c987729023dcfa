import type { HealthSnapshot, OrdersHealth } from '#core/health/snapshot-types.ts'
import { Panel } from '../components/panel.tsx'
import { formatCount, formatDuration } from '../format.ts'
import { Link } from '../router.tsx'

/** Orders that wait for people: held back by rules, or to be shipped now. Absent while there are none. */
export function OrdersPanel({ snapshot: { orders, generatedAt } }: { snapshot: HealthSnapshot }) {
  const { held, escalated, late, soon, next } = orders
  if (held + late + soon === 0) return null
  return (
    <Panel
      id="orders"
      title="Orders that wait for people"
      aside={held > 0 && <Link to="/dead-letters">Held orders by rule</Link>}
    >
      <dl class="figures">
        <Figure name="Held by a rule" count={held} />
        <Figure name="Owner overdue" count={escalated} tone="bad" />
        <Figure name="Ship soon" count={soon} tone="warn" />
        <Figure name="Late" count={late} tone="bad" />
      </dl>
      {next.length > 0 && <Urgent rows={next} now={generatedAt} />}
    </Panel>
  )
}

const Figure = ({ name, count, tone }: { name: string; count: number; tone?: 'warn' | 'bad' }) => (
  <div>
    <dt>{name}</dt>
    <dd class={`number ${count > 0 ? (tone ?? '') : ''}`}>{formatCount(count)}</dd>
  </div>
)

const Urgent = ({ rows, now }: { rows: OrdersHealth['next']; now: number }) => (
  <div class="scroll">
    <table aria-label="To be shipped">
      <thead>
        <tr>
          <th scope="col">Order</th>
          <th scope="col">Channel</th>
          <th scope="col" class="num">
            Ship by
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ document, number, externalId, connection, shipBy, late }) => (
          <tr key={document}>
            <th scope="row">
              <Link to={`/trace?document=${encodeURIComponent(document)}`}>{number ?? externalId}</Link>
            </th>
            <td>{connection}</td>
            <td class={`num ${late ? 'late' : ''}`}>
              {late ? `${formatDuration(now - shipBy)} late` : `in ${formatDuration(shipBy - now)}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
