import { useState } from 'preact/hooks'
import { get, messageOf, post } from '../api/client.ts'
import type { Cause, ReplayPreview, ReplayReport, Session } from '../api/types.ts'
import { Dialog } from '../components/dialog.tsx'
import { announce } from '../components/toasts.tsx'
import { plural } from '../format.ts'
import { may } from './may.ts'

/** `count` is null while the hub counts. */
type Step = { name: 'idle' | 'replaying' } | { name: 'asking'; count: number | null }

interface ReplayAllProps {
  cause: Pick<Cause, 'cause' | 'title'>
  session: Session | null
}

/** Counts first, asks, then replays. The result is a toast: the row that was clicked may be gone by then. */
export function ReplayAll({ cause, session }: ReplayAllProps) {
  const [step, setStep] = useState<Step>({ name: 'idle' })
  const path = `/causes/${encodeURIComponent(cause.cause)}`
  const failed = (error: unknown) => {
    setStep({ name: 'idle' })
    announce('bad', messageOf(error))
  }

  const ask = async () => {
    setStep({ name: 'asking', count: null })
    const counted = ({ matched }: ReplayPreview) =>
      setStep(step => (step.name === 'asking' ? { name: 'asking', count: matched } : step))
    await get<ReplayPreview>(`${path}/preview`).then(counted, failed)
  }
  const replay = async () => {
    setStep({ name: 'replaying' })
    await post<ReplayReport>(`${path}/replay`).then(report => {
      setStep({ name: 'idle' })
      announce('ok', resultOf(report))
    }, failed)
  }

  if (!may(session, 'replay')) return null
  return (
    <>
      <button type="button" class="primary" disabled={step.name === 'replaying'} onClick={() => void ask()}>
        {step.name === 'replaying' ? 'Replaying…' : 'Replay all'}
      </button>
      {step.name === 'asking' && (
        <Confirm
          title={cause.title}
          count={step.count}
          onConfirm={() => void replay()}
          onClose={() => setStep(step => (step.name === 'asking' ? { name: 'idle' } : step))}
        />
      )}
    </>
  )
}

interface ConfirmProps {
  title: string
  count: number | null
  onConfirm(): void
  onClose(): void
}

function Confirm({ title, count, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog title="Replay all letters of this cause?" onClose={onClose}>
      <p class="quote">{title}</p>
      <p role="status">{question(count)}</p>
      <div class="dialog-actions">
        <button type="button" onClick={onClose}>
          Cancel
        </button>
        {count !== 0 && (
          <button type="button" class="primary" disabled={count === null} onClick={onConfirm}>
            {count === null ? 'Replay' : `Replay ${plural(count, 'letter')}`}
          </button>
        )}
      </div>
    </Dialog>
  )
}

function question(count: number | null): string {
  if (count === null) return 'Counting…'
  if (count === 0) return 'No letter of this cause is open any more.'
  const subject = count === 1 ? 'It is' : `${plural(count, 'letter')} are`
  return `${subject} tried again with a fresh budget, a few a second. What fails again comes back here.`
}

function resultOf({ replayed, skipped, remaining }: ReplayReport): string {
  const parts = [`${plural(replayed, 'letter')} on the way again.`]
  if (skipped > 0) parts.push(`${plural(skipped, 'letter was', 'letters were')} solved or taken meanwhile.`)
  if (remaining > 0) parts.push(`${plural(remaining, 'letter')} left: replay again for the rest.`)
  return parts.join(' ')
}
