import type { ErpFaults } from '#connectors/erp/rest/simulator.ts'

export type Strategy = 'upsert' | 'idempotency-key' | 'search-then-create'

export const STRATEGIES: readonly Strategy[] = ['upsert', 'idempotency-key', 'search-then-create']

export interface StormOptions {
  strategy: Strategy
  orders: number
  /** SIGKILLs at random moments of the load and of the drain. */
  kills: number
  seed: number
  faults?: ErpFaults
  /** Called about each second. */
  progress?(line: string): void
}

export interface StormReport {
  sent: number
  acknowledged: number
  kills: number
  /** Orders acknowledged that the ERP does not have. */
  lost: string[]
  /** Keys that the ERP has more than once. */
  doubled: string[]
  /** Orders whose ERP record is not their newest acknowledged revision. */
  stale: string[]
  deadLetters: number
  seconds: number
}

/** How much went wrong. */
export const harmOf = ({ lost, doubled, stale, deadLetters }: StormReport): number =>
  lost.length + doubled.length + stale.length + deadLetters

export const SECRET = 'storm-secret'

export const FAULTS: ErpFaults = {
  p500BeforeStore: 0.05,
  p500AfterStore: 0.05,
  pTimeoutAfterStore: 0.05,
  p429: 0.05,
  retryAfter: 1,
}

/** Of the ERP's connection: a call that the simulator never answers ends after this. */
export const ERP_TIMEOUT_MS = 1_500
