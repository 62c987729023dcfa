import { useRef } from 'preact/hooks'
import type { HealthSnapshot } from '#core/health/snapshot-types.ts'
import type { Cause, CauseView, Session } from '../api/types.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Notice } from '../components/notice.tsx'
import { Empty, Panel, Skeleton } from '../components/panel.tsx'
import { announce } from '../components/toasts.tsx'
import { formatAgo, plural, timeOf } from '../format.ts'
import { Link } from '../router.tsx'
import { namesOf } from './cause-row.tsx'
import { LetterRow } from './letter-row.tsx'
import { fixOf, messageOfCode } from './register.ts'
import { ReplayAll } from './replay-all.tsx'
import { useLetters } from './use-letters.ts'
import { causeOf } from './use-more-causes.ts'

interface CausePageProps {
  cause: string
  snapshot: HealthSnapshot | null
  session: Session | null
}

export function CausePage({ cause: id, snapshot, session }: CausePageProps) {
  const { live, reload } = useCause(id, snapshot)
  const open = live?.open ?? 0
  const letters = useLetters(id, open)
  // A cleared cause leaves the snapshot, but the page goes on naming it.
  const lastTitle = useRef<string | null>(null)
  lastTitle.current = live?.title ?? letters.items?.[0]?.title ?? lastTitle.current
  const title = lastTitle.current ?? 'Dead letters of one cause'
  const done = (letter: string, text: string) => {
    letters.remove(letter)
    reload()
    announce('ok', text)
  }

  return (
    <>
      <nav aria-label="Breadcrumb" class="crumbs">
        <Link to="/dead-letters">Dead letters</Link>
      </nav>
      <div class="page-head with-actions">
        <div>
          <h1>{title}</h1>
          {live && <Facts cause={live} now={snapshot?.generatedAt ?? live.lastAt} />}
        </div>
        {open > 0 && live?.code !== 'ORDER_HELD' && (
          <ReplayAll cause={{ cause: id, title }} session={session} />
        )}
      </div>
      {letters.error && (
        <Notice tone="bad" title="The letters cannot be shown.">
          {letters.error}
        </Notice>
      )}
      <Panel id="letters" title="Letters" aside={open > 0 && `${plural(open, 'letter')} open`}>
        {letters.items === null && !letters.error && <Skeleton lines={4} height={22} />}
        {letters.items?.length === 0 && <Cleared />}
        <ul class="letters">
          {letters.items?.map(letter => (
            <LetterRow
              key={letter.id}
              letter={letter}
              now={snapshot?.generatedAt ?? timeOf(letter.at)}
              session={session}
              onDone={done}
            />
          ))}
        </ul>
        {letters.next && (
          <footer class="panel-foot">
            <button type="button" onClick={() => void letters.more()}>
              Show more
            </button>
          </footer>
        )}
      </Panel>
    </>
  )
}

/** Of the largest causes the snapshot tells, and by itself; of the others the API. */
function useCause(id: string, snapshot: HealthSnapshot | null) {
  const known = snapshot?.causes.find(({ cause }) => cause === id)
  const path = snapshot && !known ? `/causes/${encodeURIComponent(id)}` : null
  const { value, reload } = useAnswer<CauseView>(path)
  return { live: known ?? (value ? causeOf(value) : undefined), reload }
}

function Facts({ cause: { code, connections, firstAt, lastAt }, now }: { cause: Cause; now: number }) {
  return (
    <>
      <p>
        {messageOfCode(code)} <strong>{fixOf(code)}</strong>
      </p>
      <p class="cause-meta">
        <code>{code}</code> {namesOf(connections)} · first {formatAgo(firstAt, now)} · last{' '}
        {formatAgo(lastAt, now)}
      </p>
    </>
  )
}

const Cleared = () => (
  <Empty title="Cleared.">
    <p>
      No letter of this cause is open. <Link to="/dead-letters">Back to all causes</Link>
    </p>
  </Empty>
)
