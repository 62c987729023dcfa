import { useState } from 'preact/hooks'
import { messageOf, post } from '../api/client.ts'
import type { Letter, Session } from '../api/types.ts'
import { Chevron } from '../components/chevron.tsx'
import { formatAgo, timeOf } from '../format.ts'
import { Discard } from './discard.tsx'
import { HeldBy } from './held-by.tsx'
import { LetterDetail } from './letter-detail.tsx'
import { may } from './may.ts'
import { Release } from './release.tsx'

interface LetterRowProps {
  letter: Letter
  now: number
  session: Session | null
  onDone(id: string, text: string): void
}

export function LetterRow({ letter, now, session, onDone }: LetterRowProps) {
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const { id, summary, kind, connection, topic, resource, at, times } = letter

  const replay = async () => {
    setBusy(true)
    setError(null)
    await post(`/dead-letters/${encodeURIComponent(id)}/replay`).then(
      () => onDone(id, 'The letter is on its way again.'),
      (problem: unknown) => setError(messageOf(problem)),
    )
    setBusy(false)
  }

  return (
    <li class="letter">
      <div class="letter-line">
        <button
          type="button"
          class="disclose"
          aria-expanded={open}
          aria-controls={`letter-${id}`}
          onClick={() => setOpen(!open)}
        >
          <Chevron />
          <span>
            {summary}
            <small>
              {kind} · {connection} · {topic ?? resource} · {formatAgo(timeOf(at), now)}
              {times > 1 && ` · parked ${times} times`}
              <HeldBy letter={letter} now={now} />
            </small>
          </span>
        </button>
        <div class="actions">
          {letter.rule && may(session, 'discard') && (
            <Release letter={letter} onReleased={() => onDone(id, 'The order is released.')} />
          )}
          {!letter.rule && may(session, 'replay') && (
            <button type="button" disabled={busy} onClick={() => void replay()}>
              {busy ? 'Replaying…' : 'Replay'}
            </button>
          )}
          {may(session, 'discard') && (
            <Discard letter={letter} onDiscarded={() => onDone(id, 'The letter is discarded.')} />
          )}
        </div>
      </div>
      {error && (
        <p role="alert" class="result bad">
          {error}
        </p>
      )}
      {open && <LetterDetail id={id} />}
    </li>
  )
}
