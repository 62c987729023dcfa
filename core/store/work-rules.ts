import type { Attempt, Claim } from '../contracts/store.ts'

/** What messages and deliveries have in common, as pure functions of a record, so that every driver decides alike. */
export interface WorkRecord {
  state: string
  nextAt: number
  /**
   * The one time that decides a claim: `nextAt` while the record is free, the end of the lease while it is claimed,
   * absent while there is nothing to do.
   */
  readyAt?: number
  /** Fencing token of the claim that holds the record. */
  claimToken?: string
  claims: number
  spent: number
  attempts: Attempt[]
}

export const ATTEMPTS_KEPT = 20
const DETAIL_LENGTH = 500

export const isClaimable = ({ readyAt }: WorkRecord, now: number): boolean =>
  readyAt !== undefined && readyAt <= now

export const isClaimed = ({ claimToken, readyAt }: WorkRecord, now: number): boolean =>
  claimToken !== undefined && readyAt !== undefined && readyAt > now

/** Holds the record and writes the attempt down before it runs: one that ends the process has been counted. */
export const claimed = <T extends WorkRecord>(work: T, claim: Claim): T => ({
  ...work,
  state: 'pending',
  claims: work.claims + 1,
  claimToken: claim.token,
  readyAt: claim.until,
  attempts: [...work.attempts, { at: claim.now }].slice(-ATTEMPTS_KEPT),
})

/** The claim goes on, counted so high; null if the token holds it no longer. Never 0: that is what nobody left unsettled. */
export const recounted = <T extends WorkRecord>(work: T, token: string, claims: number): T | null =>
  work.claimToken === token ? { ...work, claims: Math.max(1, claims) } : null

/** Frees the record; the attempt takes the place of the one that the claim began. */
export function released<T extends WorkRecord>(work: T, attempt: Attempt): T {
  const begun = work.attempts.at(-1)
  const earlier = begun && begun.outcome === undefined ? work.attempts.slice(0, -1) : work.attempts
  const ended = attempt.detail ? { ...attempt, detail: attempt.detail.slice(0, DETAIL_LENGTH) } : attempt
  return { ...work, claims: 0, claimToken: undefined, attempts: [...earlier, ended].slice(-ATTEMPTS_KEPT) }
}

/** Pending now, with nothing spent. */
export const renewed = <T extends WorkRecord>(work: T, now: number): T => ({
  ...work,
  state: 'pending',
  reason: undefined,
  nextAt: now,
  readyAt: now,
  claimToken: undefined,
  claims: 0,
  spent: 0,
})
