import { useRef } from 'preact/hooks'
import type { HealthSnapshot } from '#core/health/snapshot-types.ts'
import type { Cause, Session } from '../api/types.ts'
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

interface CausePageProps {
  cause: string
  snapshot: HealthSnapshot | null
  session: Session | null
}

export function CausePage({ cause: id, snapshot, session }: CausePageProps) {
  const live = snapshot?.causes.find(known => known.cause === id)
  const open = live?.open ?? 0
  const letters = useLetters(id, open)
  // A cleared cause leaves the snapshot, but the page goes on naming it.
  const lastTitle = useRef<string | null>(null)
  lastTitle.current = live?.title ?? letters.items?.[0]?.title ?? lastTitle.current
  const title = lastTitle.current ?? 'Dead letters of one cause'
  const done = (letter: string, text: string) => {
    letters.remove(letter)
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
