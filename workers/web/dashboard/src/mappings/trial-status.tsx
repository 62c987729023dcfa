import { formatDuration, plural } from '../format.ts'
import type { TrialState } from './use-trial.ts'

/** One line that says how the text above it is doing. */
export function TrialStatus({ state: { trial, error, busy } }: { state: TrialState }) {
  return (
    <footer class="trial-status" aria-busy={busy}>
      <p role="status">
        {error ? <span class="bad">{error}</span> : trial ? <Verdict trial={trial} /> : 'Compiling…'}
      </p>
      <small>
        <kbd>Ctrl</kbd> <kbd>Enter</kbd> runs it now
      </small>
    </footer>
  )
}

function Verdict({ trial: { problems, compileMs } }: { trial: NonNullable<TrialState['trial']> }) {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  if (errors > 0) return <span class="bad">✕ {plural(errors, 'error')}</span>
  const warnings = problems.length
  return (
    <>
      <span class="good">✓ compiled in {formatDuration(Math.max(1, Math.round(compileMs)))}</span>
      {warnings > 0 && <span class="warned"> · {plural(warnings, 'warning')}</span>}
    </>
  )
}
