import { useState } from 'preact/hooks'
import { messageOf, queryOf, remove } from '../api/client.ts'
import { Dialog } from '../components/dialog.tsx'
import { DialogFooter } from '../components/dialog-footer.tsx'
import { announce } from '../components/toasts.tsx'
import { plural } from '../format.ts'
import type { FindingGroup } from './group-findings.ts'

interface ClearDriftProps {
  group: FindingGroup
  onCleared(): void
}

/** After the source schema was brought up to date. What still differs is found again with the next message. */
export function ClearDrift({ group: { connection, topic, findings }, onCleared }: ClearDriftProps) {
  const [asking, setAsking] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const clear = async () => {
    await remove<{ cleared: number }>(`/drift${queryOf({ connection, topic })}`).then(
      ({ cleared }) => {
        setAsking(false)
        announce('ok', `${plural(cleared, 'finding')} cleared.`)
        onCleared()
      },
      problem => setError(messageOf(problem)),
    )
  }
  return (
    <>
      <button type="button" onClick={() => setAsking(true)}>
        Schema is up to date: clear
      </button>
      {asking && (
        <Dialog title="Clear these findings?" onClose={() => setAsking(false)}>
          <p class="quote">
            {connection} · {topic}: {plural(findings.length, 'finding')}
          </p>
          <p>
            Do this once the source schema says what the partner sends. What still differs comes back with the
            next message.
          </p>
          <DialogFooter
            error={error}
            verb="Clear"
            onCancel={() => setAsking(false)}
            onAct={() => void clear()}
          />
        </Dialog>
      )}
    </>
  )
}
