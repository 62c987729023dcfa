import { useState } from 'preact/hooks'
import { messageOf, post } from '../api/client.ts'
import type { Letter } from '../api/types.ts'
import { Dialog } from '../components/dialog.tsx'

interface DiscardProps {
  letter: Letter
  onDiscarded(): void
}

/** Giving something up is a decision with a reason, kept in the audit. */
export function Discard({ letter, onDiscarded }: DiscardProps) {
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string | null>(null)

  const discard = async (event: Event) => {
    event.preventDefault()
    await post(`/dead-letters/${encodeURIComponent(letter.id)}/discard`, { reason: reason.trim() }).then(
      () => {
        setAsking(false)
        onDiscarded()
      },
      (problem: unknown) => setError(messageOf(problem)),
    )
  }

  return (
    <>
      <button type="button" class="quiet" onClick={() => setAsking(true)}>
        Discard
      </button>
      {asking && (
        <Dialog title="Discard this letter" onClose={() => setAsking(false)}>
          <p class="quote">{letter.summary}</p>
          <p>It will not be tried again. A newer change of the same thing still comes through.</p>
          <form onSubmit={event => void discard(event)}>
            <label>
              Reason, kept in the audit
              <input
                required
                maxLength={500}
                value={reason}
                onInput={event => setReason(event.currentTarget.value)}
              />
            </label>
            {error && (
              <p role="alert" class="result bad">
                {error}
              </p>
            )}
            <div class="dialog-actions">
              <button type="button" onClick={() => setAsking(false)}>
                Cancel
              </button>
              <button type="submit" class="danger" disabled={reason.trim() === ''}>
                Discard
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  )
}
