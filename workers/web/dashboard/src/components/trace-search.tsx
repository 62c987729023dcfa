import { useEffect, useRef } from 'preact/hooks'
import { navigate } from '../router.tsx'

/** `/` brings the cursor here, as in most tools that people search in all day. */
export function TraceSearch({ number }: { number: string }) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, dialog')
      if (event.key !== '/' || typing) return
      event.preventDefault()
      input.current?.focus()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  const submit = (event: Event) => {
    event.preventDefault()
    const value = input.current?.value.trim()
    if (value) navigate(`/trace?number=${encodeURIComponent(value)}`)
  }
  return (
    <search class="find">
      <form onSubmit={submit}>
        <input
          ref={input}
          type="search"
          name="number"
          defaultValue={number}
          placeholder="Trace an order number"
          aria-label="Trace an order number"
          aria-keyshortcuts="/"
          autocomplete="off"
        />
        <kbd>/</kbd>
      </form>
    </search>
  )
}
