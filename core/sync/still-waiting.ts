import { HubError } from '../errors/hub-error.ts'

const FIRST_MS = 2_000
const LONGEST_MS = 300_000

/** Looked for often at first, when what is missing is on its way, then every tenth of the time already waited. */
export function stillWaiting(error: HubError, waitedMs: number, dependencyWaitMs: number): HubError {
  const { detail } = error
  if (waitedMs >= dependencyWaitMs)
    return new HubError('DEPENDENCY_TIMEOUT', { detail: `It waited for: ${detail}` })
  const retryAfterMs = Math.min(Math.max(waitedMs / 10, FIRST_MS), LONGEST_MS, dependencyWaitMs - waitedMs)
  return new HubError('DEPENDENCY_WAIT', { detail, retryAfterMs })
}
