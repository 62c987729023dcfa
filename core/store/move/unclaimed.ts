import type { WorkRecord } from '../work-rules.ts'

/**
 * As the next engine would find it: whoever held the claim is gone, only the count of claims stays, so that a delivery
 * left unsettled becomes uncertain. Details that were cut within a character are mended: not every driver keeps those.
 */
export function unclaimed<T extends WorkRecord>(work: T): T {
  const attempts = work.attempts.map(attempt =>
    attempt.detail === undefined ? attempt : { ...attempt, detail: attempt.detail.toWellFormed() },
  )
  const { claimToken, ...free } = { ...work, attempts }
  return (claimToken === undefined ? free : { ...free, readyAt: work.nextAt }) as T
}
