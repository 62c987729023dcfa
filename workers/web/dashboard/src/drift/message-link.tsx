import { useState } from 'preact/hooks'
import { get, messageOf } from '../api/client.ts'
import { announce } from '../components/toasts.tsx'
import { navigate } from '../router.tsx'

interface Made {
  documents: string[]
}

/** To the trace of what a message made. A message has no number of its own: its document has, and is asked for on click. */
export function MessageLink({ id }: { id: string }) {
  const [busy, setBusy] = useState(false)
  const open = async () => {
    setBusy(true)
    await numberOf(id).then(
      number => {
        if (number) navigate(`/trace?number=${encodeURIComponent(number)}`)
        else announce('bad', 'This message made no document: look in the dead letters.')
      },
      problem => announce('bad', messageOf(problem)),
    )
    setBusy(false)
  }
  return (
    <button type="button" class="quiet" disabled={busy} onClick={() => void open()}>
      Trace<span class="hidden"> the newest message</span>
    </button>
  )
}

async function numberOf(message: string): Promise<string | null> {
  const { documents } = await get<Made>(`/messages/${encodeURIComponent(message)}`)
  if (!documents[0]) return null
  const { number, externalId } = await get<{ number: string | null; externalId: string }>(
    `/documents/${encodeURIComponent(documents[0])}`,
  )
  return number ?? externalId
}
