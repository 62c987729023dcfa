import type { Principal } from '../accounts/roles.ts'
import type { Cause, DeadLetter, Delivery, Message, Store, StoredDocument } from '../contracts/store.ts'
import { isErrorCode, REGISTER } from '../errors/register.ts'
import type { Mask } from './mask.ts'
import { type PayloadView, viewDocument, viewMessagePayload } from './payload.ts'
import { letterFor } from './subject.ts'

/** All that an operator needs to decide, on one screen. */
export interface LetterView {
  letter: DeadLetter
  /** What the register advises. */
  fix: string
  cause: Cause | null
  message: Omit<Message, 'body' | 'edited'> | null
  payload: PayloadView | null
  /** As received, where an operator edited it. */
  original: PayloadView | null
  delivery: Delivery | null
  document: (Omit<StoredDocument, 'body'> & { body: unknown }) | null
}

export async function showLetter(
  { store, mask }: { store: Store; mask: Mask },
  id: string,
  actor: Principal,
): Promise<LetterView> {
  const letter = await letterFor(store, id, actor)
  const message = letter.kind === 'message' ? await store.messages.get(letter.subject) : null
  const delivery = letter.kind === 'delivery' ? await store.deliveries.get(letter.subject) : null
  const documentId = letter.document ?? delivery?.document
  const [document, causes] = await Promise.all([
    documentId ? store.documents.get(documentId) : null,
    store.deadLetters.causes({ cause: letter.cause, tenant: actor.tenant }, { limit: 1 }),
  ])
  const shown = message && viewMessagePayload(message, actor, mask)
  return {
    letter,
    fix: isErrorCode(letter.code) ? REGISTER[letter.code].fix : '',
    cause: causes.items[0] ?? null,
    message: message && withoutBytes(message),
    payload: shown?.payload ?? null,
    original: shown?.original ?? null,
    delivery,
    document: document && viewDocument(document, actor, mask),
  }
}

const withoutBytes = ({ body: _, edited: __, ...message }: Message) => message
