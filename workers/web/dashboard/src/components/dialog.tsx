import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

interface DialogProps {
  title: string
  /** For more than a question: as wide as a page of code. */
  wide?: boolean
  onClose(): void
  children: ComponentChildren
}

/** The browser's own modal: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({ title, wide, onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const label = useId()
  useEffect(() => {
    ref.current?.showModal()
  }, [])
  return (
    <dialog ref={ref} class={wide ? 'wide-dialog' : undefined} aria-labelledby={label} onClose={onClose}>
      <h2 id={label}>{title}</h2>
      {children}
    </dialog>
  )
}
