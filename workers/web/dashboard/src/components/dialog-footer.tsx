interface DialogFooterProps {
  /** Why the act failed, where it did. */
  error: string | null
  verb: string
  look?: 'primary' | 'danger'
  disabled?: boolean
  onCancel(): void
  /** Without it, the button submits the form around it. */
  onAct?(): void
}

/** How every dialog ends: what went wrong, the way back, and the act. */
export function DialogFooter({
  error,
  verb,
  look = 'primary',
  disabled = false,
  onCancel,
  onAct,
}: DialogFooterProps) {
  return (
    <>
      {error && (
        <p role="alert" class="result bad">
          {error}
        </p>
      )}
      <div class="dialog-actions">
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
        <button type={onAct ? 'button' : 'submit'} class={look} disabled={disabled} onClick={onAct}>
          {verb}
        </button>
      </div>
    </>
  )
}
