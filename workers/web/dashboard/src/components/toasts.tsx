import { useEffect, useState } from 'preact/hooks'

interface Toast {
  id: number
  tone: 'ok' | 'bad'
  text: string
}

const SHOWN_MS = 8_000
const listeners = new Set<(toast: Toast) => void>()
let count = 0

/** Says how an action ended, wherever the thing acted upon has gone meanwhile. */
export function announce(tone: Toast['tone'], text: string): void {
  const toast = { id: ++count, tone, text }
  for (const listener of listeners) listener(toast)
}

export function Toasts() {
  const [toasts, setToasts] = useState<Toast[]>([])
  useEffect(() => {
    const show = (toast: Toast) => {
      setToasts(shown => [...shown.slice(-2), toast])
      setTimeout(() => setToasts(shown => shown.filter(({ id }) => id !== toast.id)), SHOWN_MS)
    }
    listeners.add(show)
    return () => void listeners.delete(show)
  }, [])
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, tone, text }) => (
        <p key={id} class={tone}>
          {text}
        </p>
      ))}
    </div>
  )
}
