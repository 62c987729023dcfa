import type { Attempt } from '#core/contracts/store.ts'
import { ago } from './ago.ts'

/** One line a try, oldest first. */
export function attemptsText(attempts: readonly Attempt[], now: number): string | undefined {
  if (attempts.length === 0) return undefined
  const lines = attempts.map(({ at, ms, phase, outcome = 'running', status, detail }) =>
    [
      `  ${ago(at, now).padEnd(10)}`,
      outcome,
      phase && phase !== 'before-send' ? `(${phase})` : '',
      status === undefined ? '' : `HTTP ${status}`,
      ms === undefined ? '' : `${ms} ms`,
      detail ?? '',
    ]
      .filter(Boolean)
      .join('  '),
  )
  return `attempts\n${lines.join('\n')}`
}
