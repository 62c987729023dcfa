import type { ComponentChildren } from 'preact'
import type { HealthSnapshot } from '#core/health/snapshot-types.ts'
import type { Session } from '../api/types.ts'
import { Empty, Panel } from '../components/panel.tsx'
import { formatCount, plural } from '../format.ts'
import { Link } from '../router.tsx'
import { CauseRow } from './cause-row.tsx'

interface CausesPanelProps {
  snapshot: HealthSnapshot
  session: Session | null
  /** How many; the others are on the page of dead letters. */
  limit: number
  /** Below them, in the place of the link to that page. */
  foot?: ComponentChildren
}

/** Dead letters by origin: solving one cause clears all of its letters. */
export function CausesPanel({
  snapshot: { causes, totals, generatedAt },
  session,
  limit,
  foot,
}: CausesPanelProps) {
  const open = causes.filter(cause => cause.open > 0)
  const shown = open.slice(0, limit)
  const more = open.length - shown.length
  return (
    <Panel
      id="causes"
      title="Dead letters by cause"
      aside={totals.deadLetters > 0 && `${plural(totals.deadLetters, 'letter')} open`}
    >
      {shown.length === 0 ? (
        <Empty title="No dead letters.">
          <p>What cannot be delivered or understood would wait here for a decision, grouped by cause.</p>
        </Empty>
      ) : (
        <ul class="causes">
          {shown.map(cause => (
            <CauseRow key={cause.cause} cause={cause} now={generatedAt} session={session} />
          ))}
        </ul>
      )}
      {more > 0 && (
        <footer class="panel-foot">
          <Link to="/dead-letters">{formatCount(more)} more</Link>
        </footer>
      )}
      {foot}
    </Panel>
  )
}
