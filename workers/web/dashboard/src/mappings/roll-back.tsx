import { useState } from 'preact/hooks'
import { messageOf, post } from '../api/client.ts'
import { type MappingScope, mappingPath, type Published } from '../api/mapping-types.ts'
import { Dialog } from '../components/dialog.tsx'
import { DialogFooter } from '../components/dialog-footer.tsx'
import { announce } from '../components/toasts.tsx'
import { scopeName } from './layers.ts'

interface RollBackProps {
  mapping: string
  scope: MappingScope
  /** 0: nothing published. */
  to: number
  label: string
  onDone(): void
}

export function RollBack({ mapping, scope, to, label, onDone }: RollBackProps) {
  const [asking, setAsking] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const rollBack = async () => {
    setBusy(true)
    await post<Published>(`${mappingPath(mapping)}/rollback`, { scope, to }).then(
      () => {
        setAsking(false)
        announce(
          'ok',
          to === 0 ? 'Taken back: what is shipped holds again.' : `The text of #${to} holds again.`,
        )
        onDone()
      },
      problem => setError(messageOf(problem)),
    )
    setBusy(false)
  }
  return (
    <>
      <button type="button" onClick={() => setAsking(true)}>
        {label}
        {to > 0 && <span class="hidden"> to #{to}</span>}
      </button>
      {asking && (
        <Dialog
          title={to === 0 ? 'Take back what is published?' : `Roll back to #${to}?`}
          onClose={() => setAsking(false)}
        >
          <p>
            {to === 0
              ? `For ${scopeName(scope)}, the layers below hold again from the next message on.`
              : `Its text is published once more for ${scopeName(scope)}, from the next message on.`}{' '}
            What was mapped meanwhile stays as it is until it is replayed.
          </p>
          <DialogFooter
            error={error}
            verb={label}
            disabled={busy}
            onCancel={() => setAsking(false)}
            onAct={() => void rollBack()}
          />
        </Dialog>
      )}
    </>
  )
}
