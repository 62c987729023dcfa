import { useEffect, useRef, useState } from 'preact/hooks'
import { messageOf, post } from '../api/client.ts'
import { mappingPath, type ShadowReport } from '../api/mapping-types.ts'
import type { Session } from '../api/types.ts'
import { Empty, Panel, Skeleton } from '../components/panel.tsx'
import { may } from '../dead-letters/may.ts'
import { ShadowDocuments } from './shadow-documents.tsx'
import { ShadowFigures } from './shadow-figures.tsx'

/** Which mapping, for which connection. */
export interface MappingTarget {
  mapping: string
  connection: string | null
}

interface ShadowPanelProps {
  target: MappingTarget
  text: string
  session: Session | null
}

type Run =
  | { state: 'idle' | 'running' }
  /** `text` is the one that was measured. */
  | { state: 'done'; report: ShadowReport; text: string }
  | { state: 'failed'; error: string }

/** What the text above would change, measured on stored messages before anything is published. */
export function ShadowPanel({ target, text, session }: ShadowPanelProps) {
  const [run, setRun] = useState<Run>({ state: 'idle' })
  const [last, setLast] = useState(500)
  const asked = useRef<AbortController | null>(null)
  useEffect(() => () => asked.current?.abort(), [])

  const start = async (event: Event) => {
    event.preventDefault()
    asked.current?.abort()
    const controller = new AbortController()
    asked.current = controller
    const { signal } = controller
    setRun({ state: 'running' })
    const scope = target.connection ? { connection: target.connection } : {}
    await post<ShadowReport>(`${mappingPath(target.mapping)}/shadow`, { text, last, ...scope }, signal).then(
      report => signal.aborted || setRun({ state: 'done', report, text }),
      problem => signal.aborted || setRun({ state: 'failed', error: messageOf(problem) }),
    )
  }

  return (
    <Panel
      id="shadow"
      title="Shadow run"
      aside={
        may(session, 'read-payload') && (
          <Start running={run.state === 'running'} last={last} onLast={setLast} onStart={start} />
        )
      }
    >
      <div aria-live="polite">
        {run.state === 'idle' && (
          <Empty>
            <p>
              Maps stored messages with the text above and with what holds now, and shows every document that
              would change. Nothing is written.
            </p>
          </Empty>
        )}
        {run.state === 'running' && <Skeleton lines={5} height={20} />}
        {run.state === 'failed' && (
          <p role="alert" class="panel-note bad">
            {run.error}
          </p>
        )}
        {run.state === 'done' && (
          <>
            {run.text !== text && <p class="bench-note">The text has changed since this run.</p>}
            <ShadowFigures report={run.report} />
            <ShadowDocuments report={run.report} />
          </>
        )}
      </div>
    </Panel>
  )
}

interface StartProps {
  running: boolean
  last: number
  onLast(last: number): void
  onStart(event: Event): Promise<void>
}

function Start({ running, last, onLast, onStart }: StartProps) {
  return (
    <form class="inline-form" onSubmit={event => void onStart(event)}>
      <label>
        over the last{' '}
        <select value={last} onChange={event => onLast(Number(event.currentTarget.value))}>
          {[100, 500, 2_000, 10_000].map(count => (
            <option key={count} value={count}>
              {count}
            </option>
          ))}
        </select>{' '}
        messages
      </label>
      <button type="submit" disabled={running}>
        {running ? 'Running…' : 'Run'}
      </button>
    </form>
  )
}
