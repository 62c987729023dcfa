import type { Directory } from '../accounts/directory.ts'
import { wakeHeld } from '../accounts/wake-held.ts'
import type { Queue } from '../contracts/queue.ts'
import type { Delivery, DeliveryOutcome, Store } from '../contracts/store.ts'
import { deliveryTopic } from '../inbox/priority.ts'
import type { Clock } from '../kernel/clock.ts'

export interface FollowUpDeps {
  store: Store
  queue: Queue
  clock: Clock
  directory: Directory
  resolve(kind: 'delivery', subject: string): Promise<unknown>
}

/** What a settled delivery means for others, and for its own next time. */
export async function followUp(
  deps: FollowUpDeps,
  delivery: Delivery,
  outcome: DeliveryOutcome,
): Promise<void> {
  const { queue, store, clock } = deps
  const { id, priority, document, destination } = delivery
  const now = clock.now()
  if (outcome.state === 'pending')
    return queue.enqueue(deliveryTopic(id), id, {
      priority,
      delay: Math.max(0, (outcome.nextAt ?? now) - now),
    })
  if (outcome.state === 'waiting' && outcome.waitsFor) {
    // The dependency may have been linked between our look and our settling: look once more.
    const link = await store.links.get(outcome.waitsFor, destination)
    if (link) await wakeAll(deps, outcome.waitsFor, destination)
    return
  }
  if (outcome.state === 'held') return wakeIfActive(deps, destination)
  if (outcome.state !== 'confirmed' && outcome.state !== 'skipped') return
  if (outcome.state === 'confirmed') await wakeAll(deps, document, destination)
  if (delivery.attempts.length > 1) await deps.resolve('delivery', id)
}

/** What this process knew of the connection may have been a second old: somebody let it go on before this was held. */
async function wakeIfActive(deps: FollowUpDeps, destination: string): Promise<void> {
  deps.directory.refresh(destination)
  if ((await deps.directory.get(destination))?.state === 'active') await wakeHeld(deps, destination)
}

async function wakeAll(
  { store, queue, clock }: FollowUpDeps,
  waitsFor: string,
  destination: string,
): Promise<void> {
  const woken = await store.deliveries.wake({ waitsFor, destination }, clock.now())
  await Promise.all(woken.map(id => queue.enqueue(deliveryTopic(id), id, { priority: 12 })))
}
