import { type ApiEnd, apiEnd } from '#core/health/api-end.ts'
import type { ConnectionHealth } from '#core/health/snapshot-types.ts'
import type { List } from '../api/types.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Empty, Panel, Skeleton } from '../components/panel.tsx'
import type { ConnectorView } from '../connect/connectors.ts'
import { formatCount, plural } from '../format.ts'

interface ApiCalendarProps {
  connections: readonly ConnectionHealth[]
  now: number
}

/** A full bar is a year; what ends later is as well off. */
const FULL_DAYS = 365

/** Which versions of partners' APIs the hub speaks, and how long they still can be spoken. */
export function ApiCalendar({ connections, now }: ApiCalendarProps) {
  const { value, error } = useAnswer<List<ConnectorView>>('/connectors?limit=200')
  const used = new Set(connections.map(({ connector }) => connector))
  const rows = (value?.items ?? [])
    .filter(({ id }) => used.has(id))
    .map(connector => ({ connector, end: apiEnd(connector.api.sunset, now) }))
    .sort((a, b) => (a.end.daysLeft ?? Infinity) - (b.end.daysLeft ?? Infinity))
  return (
    <Panel id="api-calendar" title="API calendar" aside={rows.length > 0 && formatCount(rows.length)}>
      {!value && !error && <Skeleton lines={2} />}
      {error && <Empty title="The calendar cannot be shown.">{error}</Empty>}
      {value && rows.length === 0 && (
        <Empty title="No partner is connected yet.">
          Once one is, this says how long its API version is supported.
        </Empty>
      )}
      <ul class="calendar">
        {rows.map(({ connector, end }) => (
          <Row key={connector.id} connector={connector} end={end} />
        ))}
      </ul>
    </Panel>
  )
}

const TONE = { open: 'ok', later: 'ok', soon: 'warn', ended: 'bad' } as const

function Row({ connector: { name, api }, end }: { connector: ConnectorView; end: ApiEnd }) {
  const width = end.daysLeft === null ? 0 : Math.min(100, Math.max(2, (end.daysLeft / FULL_DAYS) * 100))
  return (
    <li>
      <span>
        <b>{name}</b> <code>{api.version}</code>
      </span>
      <span class={`bar ${TONE[end.status]} ${end.daysLeft === null ? 'endless' : ''}`}>
        <i aria-hidden="true" style={{ width: `${width}%` }} />
      </span>
      <span class={`left ${TONE[end.status]}`}>{wordsOf(api.sunset, end)}</span>
    </li>
  )
}

function wordsOf(sunset: string | undefined, { status, daysLeft }: ApiEnd): string {
  if (daysLeft === null) return 'No end is known'
  if (status === 'ended') return `Ended on ${sunset}: update the hub`
  return `${plural(daysLeft, 'day')} left, until ${sunset}`
}
