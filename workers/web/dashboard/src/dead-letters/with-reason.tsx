import { useState } from 'preact/hooks'
import { messageOf, post } from '../api/client.ts'
import type { Letter } from '../api/types.ts'
import { Dialog } from '../components/dialog.tsx'
import { DialogFooter } from '../components/dialog-footer.tsx'

interface WithReasonProps {
  letter: Letter
  /** What the API calls it: `/dead-letters/:id/<act>`. */
  act: 'discard' | 'release'
  /** On both buttons. */
  verb: string
  title: string
  /** What follows from it. */
  consequence: string
  look: { opener: 'quiet' | 'primary'; submit: 'danger' | 'primary' }
  /** Told with the reason. */
  more?: Record<string, string>
  onDone(): void
}

/** A decision about one letter that has a reason, kept in the audit. */
export function WithReason({ letter, act, verb, title, consequence, look, more, onDone }: WithReasonProps) {
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string | null>(null)

  const decide = async (event: Event) => {
    event.preventDefault()
    const body = { reason: reason.trim(), ...more }
    await post(`/dead-letters/${encodeURIComponent(letter.id)}/${act}`, body).then(
      () => {
        setAsking(false)
        onDone()
      },
      (problem: unknown) => setError(messageOf(problem)),
    )
  }

  return (
    <>
      <button type="button" class={look.opener} onClick={() => setAsking(true)}>
        {verb}
      </button>
      {asking && (
        <Dialog title={title} onClose={() => setAsking(false)}>
          <p class="quote">{letter.summary}</p>
          <p>{consequence}</p>
          <form onSubmit={event => void decide(event)}>
            <label>
              Reason, kept in the audit
              <input
                required
                maxLength={500}
                value={reason}
                onInput={event => setReason(event.currentTarget.value)}
              />
            </label>
            <DialogFooter
              error={error}
              verb={verb}
              look={look.submit}
              disabled={reason.trim() === ''}
              onCancel={() => setAsking(false)}
            />
          </form>
        </Dialog>
      )}
    </>
  )
}
