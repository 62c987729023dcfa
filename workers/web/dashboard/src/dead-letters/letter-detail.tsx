import { useEffect, useState } from 'preact/hooks'
import { get, messageOf } from '../api/client.ts'
import type { AttemptRow, LetterView } from '../api/types.ts'
import { Skeleton } from '../components/panel.tsx'
import { formatBytes, formatDuration, formatInstant, timeOf } from '../format.ts'
import { readable } from './readable.ts'

export function LetterDetail({ id }: { id: string }) {
  const [view, setView] = useState<LetterView | null>(null)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => {
    get<LetterView>(`/dead-letters/${encodeURIComponent(id)}`).then(setView, problem =>
      setError(messageOf(problem)),
    )
  }, [id])

  return (
    <div class="letter-detail" id={`letter-${id}`}>
      {error && (
        <p role="alert" class="result bad">
          {error}
        </p>
      )}
      {!view && !error && <Skeleton lines={4} />}
      {view && <Attempts attempts={(view.delivery ?? view.message)?.attempts ?? []} />}
      {view && <Payload view={view} />}
    </div>
  )
}

function Attempts({ attempts }: { attempts: readonly AttemptRow[] }) {
  if (attempts.length === 0) return null
  return (
    <>
      <h3>Attempts</h3>
      <ol class="attempts">
        {attempts.toReversed().map(({ at, outcome, detail, status, ms }) => (
          <li key={at}>
            <time>{formatInstant(timeOf(at))}</time> <code>{outcome ?? 'never ended'}</code> {detail}
            {status !== undefined && !detail?.includes(String(status)) && ` (HTTP ${status})`}{' '}
            {ms !== undefined && <small>{formatDuration(ms)}</small>}
          </li>
        ))}
      </ol>
    </>
  )
}

function Payload({ view: { payload, documentRecord } }: { view: LetterView }) {
  const text = payload
    ? readable(payload)
    : documentRecord
      ? JSON.stringify(documentRecord.body, null, 2)
      : null
  return (
    <>
      <h3>
        {payload ? 'Payload as received' : 'Document'}
        {payload && <small>{formatBytes(payload.bytes)}</small>}
        {payload?.masked && <small>personal data hidden for your role</small>}
      </h3>
      {text === null ? (
        <p>Nothing to show for your role.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        <pre class="payload" tabIndex={0}>
          {text}
        </pre>
      )}
    </>
  )
}
