import type { Queue } from '../contracts/queue.ts'
import type { Store } from '../contracts/store.ts'
import { deliveryTopic } from '../inbox/priority.ts'
import type { Clock } from '../kernel/clock.ts'

export interface WakeHeldDeps {
  store: Pick<Store, 'deliveries'>
  queue: Pick<Queue, 'enqueue'>
  clock: Clock
}

/** Lets go what was held at a connection, a thousand at a time as the store gives it. Returns how many. */
export async function wakeHeld({ store, queue, clock }: WakeHeldDeps, heldAt: string): Promise<number> {
  for (let woken = 0; ; ) {
    const ids = await store.deliveries.wake({ heldAt }, clock.now())
    await Promise.all(ids.map(id => queue.enqueue(deliveryTopic(id), id)))
    woken += ids.length
    if (ids.length < 1_000) return woken
  }
}
