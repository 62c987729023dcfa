import type { Queue, Topic } from '../contracts/queue.ts'
import type { Store, Work } from '../contracts/store.ts'
import { deliveryTopic } from '../inbox/priority.ts'
import type { Clock } from '../kernel/clock.ts'
import { createSuspects, type DueWork, isSuspect } from './suspects.ts'

export interface SweepDeps {
  store: Store
  queue: Queue
  clock: Clock
  leaseMs: number
  /** Connections whose deliveries rest now: open circuits. */
  resting(): readonly string[]
}

/** Bounds both the read and what the queue holds of it. */
const PAGE = 1_000

/**
 * Finds due work in the store and enqueues it: at start, after lost jobs, after other processes' writes. The queue
 * de-duplicates, so sweeping work that is already queued costs only the read. Of what is suspected to end the process
 * one piece at a time is under way. Returns how many it enqueued.
 */
export function createSweep(deps: SweepDeps): () => Promise<number> {
  const { store, queue, clock } = deps
  const suspectOf = createSuspects(deps)

  async function dueOf(work: Work, resting: readonly string[]): Promise<DueWork[]> {
    const due = await store.upkeep.due(work, clock.now(), PAGE, resting)
    return due.map(item => ({ work, ...item }))
  }

  return async () => {
    const { topics } = await queue.stats()
    const hasRoom = (...names: Topic[]) => names.some(name => topics[name].waiting < PAGE)
    const found = await Promise.all([
      hasRoom('translate') ? dueOf('translate', []) : [],
      hasRoom('deliver', 'publish') ? dueOf('deliver', deps.resting()) : [],
    ])
    const due = found.flat()
    const suspect = await suspectOf(due)
    const runnable = due.filter(item => !isSuspect(item) || item === suspect)
    await Promise.all(
      runnable.map(item => queue.enqueue(topicOf(item), item.id, { priority: item.priority })),
    )
    return runnable.length
  }
}

const topicOf = ({ work, id }: DueWork): Topic => (work === 'deliver' ? deliveryTopic(id) : work)
