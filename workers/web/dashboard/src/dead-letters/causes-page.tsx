import type { HealthSnapshot } from '#core/health/snapshot-types.ts'
import type { Session } from '../api/types.ts'
import { Panel, Skeleton } from '../components/panel.tsx'
import { CausesPanel } from './causes-panel.tsx'
import { useMoreCauses } from './use-more-causes.ts'

/** The snapshot carries so many of the largest causes; as they are cleared, the next ones move up. */
const LIVE = 20

export function CausesPage({
  snapshot,
  session,
}: {
  snapshot: HealthSnapshot | null
  session: Session | null
}) {
  return (
    <>
      <div class="page-head">
        <h1>Dead letters</h1>
        <p>Messages and deliveries that need a person. One decision per cause clears all of its letters.</p>
      </div>
      {snapshot ? (
        <AllCauses snapshot={snapshot} session={session} />
      ) : (
        <Panel id="causes" title="Dead letters by cause">
          <Skeleton lines={5} height={22} />
        </Panel>
      )}
    </>
  )
}

function AllCauses({ snapshot, session }: { snapshot: HealthSnapshot; session: Session | null }) {
  const more = useMoreCauses(snapshot.totals.deadLetters)
  const live = new Set(snapshot.causes.map(({ cause }) => cause))
  const causes = [...snapshot.causes, ...more.items.filter(({ cause }) => !live.has(cause))]
  const mayHaveMore = snapshot.causes.length >= LIVE && more.next !== null
  const foot = (mayHaveMore || more.error) && (
    <footer class="panel-foot">
      {more.error && (
        <p role="alert" class="result bad">
          {more.error}
        </p>
      )}
      <button type="button" onClick={() => void more.load()}>
        Show more causes
      </button>
    </footer>
  )
  return (
    <CausesPanel
      snapshot={{ ...snapshot, causes }}
      session={session}
      limit={Number.POSITIVE_INFINITY}
      foot={foot}
    />
  )
}
