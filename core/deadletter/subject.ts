import { type Principal, sees } from '../accounts/roles.ts'
import type { Queue } from '../contracts/queue.ts'
import type { DeadLetter, Delivery, Message, Store } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import { deliveryTopic } from '../inbox/priority.ts'
import type { Clock } from '../kernel/clock.ts'

export interface SubjectDeps {
  store: Store
  queue: Pick<Queue, 'enqueue'>
  clock: Clock
}

export type Kind = DeadLetter['kind']

/** The letter, if it exists for this actor's tenant. */
export async function letterFor(store: Store, id: string, actor: Principal): Promise<DeadLetter> {
  const letter = await store.deadLetters.get(id)
  if (!letter || !sees(actor, letter)) throw new HubError('NOT_FOUND', { detail: `Dead letter “${id}”.` })
  return letter
}

export const subjectOf = (store: Store, kind: Kind, id: string): Promise<Message | Delivery | null> =>
  kind === 'message' ? store.messages.get(id) : store.deliveries.get(id)

export interface Reopening {
  kind: Kind
  id: string
  /** When it becomes due. */
  at: number
  edit?: { body: Buffer; by: string }
}

/** False while a worker holds it, or when it is gone. */
export const reopen = (store: Store, { kind, id, at, edit }: Reopening): Promise<boolean> =>
  kind === 'message' ? store.messages.reopen(id, at, edit) : store.deliveries.reopen(id, at)

/** Only a wake-up call: the sweeper finds the work without it. */
export async function wake({ store, queue, clock }: SubjectDeps, { kind, id, at }: Reopening): Promise<void> {
  const priority = kind === 'delivery' ? (await store.deliveries.get(id))?.priority : undefined
  await queue.enqueue(kind === 'message' ? 'translate' : deliveryTopic(id), id, {
    delay: Math.max(0, at - clock.now()),
    priority,
  })
}

/** Worked on without an operator's doing: its letter has nothing left to say. */
export const hasEndedWell = ({ state }: Message | Delivery): boolean =>
  state === 'done' || state === 'stale' || state === 'skipped' || state === 'confirmed'
