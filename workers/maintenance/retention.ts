import type { Store } from '#core/contracts/store.ts'
import type { Clock } from '#core/kernel/clock.ts'

export interface Retention {
  messagesDays: number
  statsDays: number
}

export interface RetainDeps {
  store: Pick<Store, 'upkeep'>
  clock: Clock
  retention: Retention
  /** Ends it after the batch at hand. */
  signal: AbortSignal
  /** Called after every batch: a large clean-up takes long, but goes on. */
  alive(): void
}

const DAY_MS = 86_400_000
const BATCH = 1_000

/** Deletes what is past its time, in small batches so that live work is never held up. Returns how many. */
export async function retain({ store, clock, retention, signal, alive }: RetainDeps): Promise<number> {
  const now = clock.now()
  const tasks = [
    ['messages', retention.messagesDays],
    ['stats', retention.statsDays],
    ['keys', 1],
  ] as const
  let deleted = 0
  for (const [what, days] of tasks) {
    for (let count = BATCH; count === BATCH && !signal.aborted; ) {
      count = await store.upkeep.purge(what, now - days * DAY_MS, BATCH)
      deleted += count
      alive()
    }
  }
  return deleted
}
