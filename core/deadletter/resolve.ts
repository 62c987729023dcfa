import type { DeadLetter, Store } from '../contracts/store.ts'
import type { Clock } from '../kernel/clock.ts'
import { deadLetterId } from '../kernel/ids.ts'
import { type SettleDeps, settleDead } from './settle-dead.ts'
import type { Kind } from './subject.ts'

/** Closes the letter of a message or delivery that succeeded after all. Reads first: most subjects have no letter. */
export async function resolveBySuccess(
  { store, clock }: { store: Store; clock: Clock },
  kind: Kind,
  subject: string,
): Promise<boolean> {
  const id = deadLetterId(kind, subject)
  const letter = await store.deadLetters.get(id)
  if (!letter || letter.state === 'resolved' || letter.state === 'discarded') return false
  return store.deadLetters.close(id, 'resolved', 'system', clock.now(), 'It succeeded.')
}

/**
 * Ends dead messages whose document has a newer revision from a later message: by the source's clock they are stale.
 * For the maintenance loop; only letters that name their document can be judged. Returns how many it ended.
 */
export async function resolveSuperseded(deps: SettleDeps, limit = 200): Promise<number> {
  const { store, clock } = deps
  const page = await store.deadLetters.list({ kind: 'message', state: 'open' }, { limit })
  let ended = 0
  for (const letter of page.items) {
    if (!(await isSuperseded(store, letter))) continue
    if (!(await settleDead(deps, letter, { state: 'stale', detail: 'A newer revision arrived.' }))) continue
    await store.deadLetters.close(letter.id, 'resolved', 'system', clock.now(), 'A newer revision arrived.')
    ended += 1
  }
  return ended
}

async function isSuperseded(store: Store, letter: DeadLetter): Promise<boolean> {
  if (!letter.document) return false
  const [message, document] = await Promise.all([
    store.messages.get(letter.subject),
    store.documents.get(letter.document),
  ])
  return message?.eventAt !== undefined && document !== null && document.order.event > message.eventAt
}
