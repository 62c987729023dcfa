import type { Clock } from '../../kernel/clock.ts'
import type { SharedState } from '../shared-state.ts'
import { createBuckets } from './buckets.ts'
import { createCircuits } from './circuits.ts'
import { createLocks } from './locks.ts'

/** Of one process, in memory. */
export const createEmbeddedState = (clock: Clock): SharedState => ({
  buckets: createBuckets(clock),
  locks: createLocks(clock),
  circuits: createCircuits(clock),
  close: async () => undefined,
})
