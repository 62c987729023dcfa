import type { Store } from '#core/contracts/store.ts'
import type { Clock } from '#core/kernel/clock.ts'

export interface Retention {
  messagesDays: number
  statsDays: number
}

const DAY_MS = 86_400_000
const BATCH = 1_000

/** Deletes what is past its time, in small batches so that live work is never held up. Returns how many. */
export async function retain(store: Store, clock: Clock, retention: Retention): Promise<number> {
  const now = clock.now()
  const tasks = [
    ['messages', retention.messagesDays],
    ['stats', retention.statsDays],
    ['keys', 1],
  ] as const
  let deleted = 0
  for (const [what, days] of tasks) {
    for (let count = BATCH; count === BATCH; ) {
      count = await store.upkeep.purge(what, now - days * DAY_MS, BATCH)
      deleted += count
    }
  }
  return deleted
}
