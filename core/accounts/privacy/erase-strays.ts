import type { Erased, Message, MessageState } from '../../contracts/store.ts'
import { each, eraseMessage, type TrailDeps } from './erase-trail.ts'
import { traceOf, type Whom } from './whom.ts'

/** In which a message may have made no document: its payload alone says whom it is about. */
const WITHOUT_DOCUMENT: readonly MessageState[] = ['dead', 'skipped', 'discarded']
const FINISHED: readonly MessageState[] = [...WITHOUT_DOCUMENT, 'done', 'stale']

/**
 * Payloads that no document leads to: ignored topics, what never became a document. Read one by one, as far as the
 * retention has left them. False if it ran out of time; to be called again then.
 */
export async function eraseStrays(
  deps: TrailDeps,
  { whom, erased, goOn }: { whom: Whom; erased: Erased; goOn: () => boolean },
): Promise<boolean> {
  for await (const message of strays(deps, whom)) {
    if (!goOn()) return false
    if (message.id !== erased.by) await eraseMessage(deps, message.id, erased)
  }
  return true
}

/** The messages themselves; of a person those alone that no document leads to. */
export async function* strays({ store }: Pick<TrailDeps, 'store'>, whom: Whom): AsyncGenerator<Message> {
  const { connection, person } = whom
  const speaksOfThem = traceOf(whom)
  for (const state of person ? WITHOUT_DOCUMENT : FINISHED)
    for await (const summary of each(page => store.messages.list({ connection, state }, page))) {
      if (summary.erased || (person && summary.documents.length > 0)) continue
      const message = await store.messages.get(summary.id)
      const bodies = message ? [message.body, ...(message.edited ? [message.edited.body] : [])] : []
      if (bodies.some(speaksOfThem)) yield message!
    }
}
