import { useState } from 'preact/hooks'
import { messageOf, post } from '../api/client.ts'
import { mappingPath, type ReplayedRange } from '../api/mapping-types.ts'
import { Dialog } from '../components/dialog.tsx'
import { announce } from '../components/toasts.tsx'
import { plural } from '../format.ts'
import type { MappingTarget } from './shadow-panel.tsx'

/** Translates messages of a time again under the mapping that holds now: counts first, then asks. */
export function ReplayRange({ target }: { target: MappingTarget }) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setAsking(true)}>
        Replay a range…
      </button>
      {asking && <RangeDialog target={target} onClose={() => setAsking(false)} />}
    </>
  )
}

interface Counted {
  matched: number
  /** Of which range: another one has to be counted anew. */
  range: string
}

function RangeDialog({ target, onClose }: { target: MappingTarget; onClose(): void }) {
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [everywhere, setEverywhere] = useState(target.connection === null)
  const [counted, setCounted] = useState<Counted | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const body = {
    ...(from ? { from: new Date(from).toISOString() } : {}),
    ...(to ? { to: new Date(to).toISOString() } : {}),
    ...(everywhere || !target.connection ? {} : { connection: target.connection }),
  }
  const range = JSON.stringify(body)
  const matched = counted?.range === range ? counted.matched : null

  const submit = async (event: Event) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    const path = `${mappingPath(target.mapping)}/replay`
    await post<ReplayedRange>(path, { ...body, dryRun: matched === null }).then(
      report => {
        if (matched === null) return setCounted({ matched: report.matched, range })
        announce('ok', `${plural(report.replayed, 'message')} on the way again.`)
        onClose()
      },
      problem => setError(messageOf(problem)),
    )
    setBusy(false)
  }

  return (
    <Dialog title="Replay a range" onClose={onClose}>
      <form onSubmit={event => void submit(event)}>
        <p>Messages received in this time are translated again, under the mapping that holds now.</p>
        <div class="two">
          <label>
            From
            <input type="datetime-local" value={from} onInput={event => setFrom(event.currentTarget.value)} />
          </label>
          <label>
            To
            <input type="datetime-local" value={to} onInput={event => setTo(event.currentTarget.value)} />
          </label>
        </div>
        <p class="fine">Left empty: since the first message, until now.</p>
        {target.connection && (
          <label class="check">
            <input
              type="checkbox"
              checked={!everywhere}
              onChange={event => setEverywhere(!event.currentTarget.checked)}
            />
            Of {target.connection} only
          </label>
        )}
        {matched !== null && (
          <p role="status">
            {matched === 0
              ? 'No message was received in this time.'
              : `${plural(matched, 'message')} match. Only documents that differ are written.`}
          </p>
        )}
        {error && (
          <p role="alert" class="result bad">
            {error}
          </p>
        )}
        <div class="dialog-actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          {matched !== 0 && (
            <button type="submit" class="primary" disabled={busy}>
              {matched === null ? 'Count' : `Replay ${plural(matched, 'message')}`}
            </button>
          )}
        </div>
      </form>
    </Dialog>
  )
}
