import { afterEach, beforeEach, describe } from '@jest/globals'
import type { SharedState } from '#core/resilience/shared-state.ts'
import { bucketsSuite } from './shared-state/buckets.suite.ts'
import { circuitsSuite } from './shared-state/circuits.suite.ts'
import { locksSuite } from './shared-state/locks.suite.ts'

export interface SharedStateHarness {
  name: string
  /** State without buckets, locks and circuits, as one process sees it, and the time by which it decides. */
  open(): Promise<OpenState>
}

export interface OpenState {
  state: SharedState
  /** A second process's view of the same state; the same object where there is one process only. */
  other: SharedState
  advance(ms: number): void
  close(): Promise<void>
}

/** What a suite works on: new for every test. */
export type Subject = OpenState

/** Every promise of `core/resilience/shared-state.ts`, for any driver. Time stands still until a test moves it. */
export function sharedStateSuite(harness: SharedStateHarness): void {
  describe(`the ${harness.name} shared state`, () => {
    const subject = {} as Subject

    beforeEach(async () => {
      Object.assign(subject, await harness.open())
    })
    afterEach(() => subject.close())

    describe('buckets', () => bucketsSuite(subject))
    describe('locks', () => locksSuite(subject))
    describe('circuits', () => circuitsSuite(subject))
  })
}
