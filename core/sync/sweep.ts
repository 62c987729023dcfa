import type { Queue, Topic } from '../contracts/queue.ts'
import type { Store, Work } from '../contracts/store.ts'
import { deliveryTopic } from '../inbox/priority.ts'
import type { Clock } from '../kernel/clock.ts'

export interface SweepDeps {
  store: Store
  queue: Queue
  clock: Clock
  /** Connections whose deliveries rest now: open circuits. */
  resting(): readonly string[]
}

/** Bounds both the read and what the queue holds of it. */
const PAGE = 1_000

/** From the second crash with the same work in hand on, it runs alone, so that no bystander shares the blame. */
const SUSPECT_CLAIMS = 2

/**
 * Finds due work in the store and enqueues it: at start, after lost jobs, after other processes' writes. The queue
 * de-duplicates, so sweeping work that is already queued costs only the read. Returns how many it enqueued.
 */
export async function sweep(deps: SweepDeps): Promise<number> {
  const { topics } = await deps.queue.stats()
  const hasRoom = (...names: Topic[]) => names.some(name => topics[name].waiting < PAGE)
  const counts = await Promise.all([
    hasRoom('translate') ? sweepWork(deps, 'translate') : 0,
    hasRoom('deliver', 'publish') ? sweepWork(deps, 'deliver') : 0,
  ])
  return counts[0] + counts[1]
}

async function sweepWork({ store, queue, clock, resting }: SweepDeps, work: Work): Promise<number> {
  const due = await store.upkeep.due(work, clock.now(), PAGE, work === 'deliver' ? resting() : [])
  const suspect = due.find(item => item.claims >= SUSPECT_CLAIMS)
  const runnable = due.filter(item => item.claims < SUSPECT_CLAIMS || item === suspect)
  const topicOf = work === 'deliver' ? deliveryTopic : () => work
  await Promise.all(runnable.map(({ id, priority }) => queue.enqueue(topicOf(id), id, { priority })))
  return runnable.length
}
