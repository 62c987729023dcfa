import type { Attempt } from '../contracts/store.ts'
import type { HubError } from '../errors/hub-error.ts'
import { isErrorCode, REGISTER } from '../errors/register.ts'
import { budgetLeft, nextDelayMs } from '../resilience/retry-policy.ts'

/** What the engine does after a failed attempt. */
export type Decision =
  | { next: 'again'; nextAt: number; spend: boolean }
  | { next: 'hold' }
  | { next: 'park'; error: HubError }
  | { next: 'skip' }
  | { next: 'halt' }

export interface Failed {
  error: HubError
  /** How far it got: only a send that began spends budget. */
  phase: NonNullable<Attempt['phase']>
  spent: number
  /** Earlier attempts, for the length of the pause. */
  attempts: readonly Attempt[]
  /** Since when the work has been wanted. */
  since: number
  now: number
  random: () => number
}

/** The engine's only switch on errors: the recovery of the register row, and its budget. */
export function decide(failed: Failed): Decision {
  const { error, now } = failed
  const { row } = error
  if (row.recovery === 'park') return { next: 'park', error }
  if (row.recovery === 'skip') return { next: 'skip' }
  if (row.recovery === 'halt') return { next: 'halt' }
  if (row.recovery === 'reauthorize') return { next: 'hold' }
  const spend = row.recovery === 'retry' && failed.phase !== 'before-send'
  const spent = failed.spent + (spend ? 1 : 0)
  if (!budgetLeft(row, spent, now - failed.since)) return { next: 'park', error }
  return {
    next: 'again',
    nextAt: now + nextDelayMs(row, failuresInARow(failed.attempts), failed.random, error.retryAfterMs),
    spend,
  }
}

/** Counted without the budget, so that a partner that cannot even be reached is asked less and less often. */
function failuresInARow(attempts: readonly Attempt[]): number {
  const lastGood = attempts.findLastIndex(
    attempt => attempt.outcome !== undefined && !isFailure(attempt.outcome),
  )
  return attempts.length - 1 - lastGood
}

const isFailure = (outcome: string): boolean => isErrorCode(outcome) && REGISTER[outcome].recovery === 'retry'
