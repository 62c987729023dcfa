import type { HealthSnapshot } from '#core/health/snapshot-types.ts'
import type { Session } from '../api/types.ts'
import { Panel, Skeleton } from '../components/panel.tsx'
import { CausesPanel } from './causes-panel.tsx'

/** The snapshot carries the largest causes; as they are cleared, the next ones move up. */
const MOST = 20

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
        <CausesPanel snapshot={snapshot} session={session} limit={MOST} />
      ) : (
        <Panel id="causes" title="Dead letters by cause">
          <Skeleton lines={5} height={22} />
        </Panel>
      )}
    </>
  )
}
