import type { HealthStatus } from '#core/health/snapshot-types.ts'

const WORDS: Record<HealthStatus, string> = { ok: 'OK', degraded: 'Degraded', down: 'Down' }

/** Colour, shape and word: none of them alone carries the meaning. */
export function StatusMark({ status }: { status: HealthStatus }) {
  return (
    <span class={`mark ${status}`}>
      <StatusIcon status={status} />
      {WORDS[status]}
    </span>
  )
}

const PATHS: Record<HealthStatus, string> = {
  ok: 'M4.5 8.3 7 10.7l4.6-5.2',
  degraded: 'M8 4.4v4.4M8 11.4v.2',
  down: 'm5.5 5.5 5 5m0-5-5 5',
}

export function StatusIcon({ status, size = 16 }: { status: HealthStatus; size?: number }) {
  return (
    <svg class={`status-icon ${status}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="7.5" />
      <path d={PATHS[status]} />
    </svg>
  )
}
