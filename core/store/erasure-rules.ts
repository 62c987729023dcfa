import type { DeadLetter, Erased, ErasureMark, StoredDocument } from '../contracts/store.ts'
import { withoutPersonal } from '../documents/without-personal.ts'
import { contentHash } from '../kernel/canonical-json.ts'
import type { DeliveryRecord } from './delivery-rules.ts'
import type { MessageRecord } from './message-rules.ts'
import { isClaimed, type WorkRecord } from './work-rules.ts'

const REASON = 'ERASED'

/** What every driver leaves of a record whose person was erased; null where there is nothing left to take. */
export function eraseDocument(stored: StoredDocument, erased: Erased): StoredDocument | null {
  if (stored.erased) return null
  const { parts: _parts, ...document } = stored
  const body = withoutPersonal(stored.resource, stored.body)
  return { ...document, body, hash: contentHash(body), updatedAt: erased.at, erased }
}

/** Bytes and headers are the driver's to drop. Who holds it goes on; one that waits for a human is over. */
export function eraseMessage<T extends MessageRecord>(message: T, erased: Erased): T | null {
  if (message.erased) return null
  const ended = message.state === 'dead' ? ({ state: 'skipped', reason: REASON } as const) : {}
  return { ...message, ...ended, attempts: wordless(message), erased }
}

/** What is not on its way is not made any more; what was confirmed is not made again when it lapses. */
export function eraseDelivery(delivery: DeliveryRecord, { at }: Erased): DeliveryRecord | null {
  const silent = { ...delivery, attempts: wordless(delivery) }
  const over = delivery.state === 'skipped' || delivery.state === 'discarded'
  if (isClaimed(delivery, at) || over || (delivery.state === 'confirmed' && delivery.readyAt === undefined))
    return silent.attempts === delivery.attempts ? null : silent
  const idle = { ...silent, readyAt: undefined, claimToken: undefined, waitsFor: undefined }
  return delivery.state === 'confirmed' ? idle : { ...idle, state: 'skipped', reason: REASON }
}

const SUMMARY = 'What it said was erased.'

export function eraseLetter(letter: DeadLetter, { at }: Erased): DeadLetter | null {
  if (letter.summary === SUMMARY) return null
  const { closeReason: _closeReason, ...kept } = letter
  const isOpen = letter.state === 'open' || letter.state === 'replayed'
  return {
    ...kept,
    ...{ summary: SUMMARY, title: letter.code },
    ...(isOpen && { state: 'resolved', closedBy: 'system', closedAt: at }),
  }
}

/** A sentence of an attempt may quote what was sent. */
function wordless({ attempts }: WorkRecord): WorkRecord['attempts'] {
  return attempts.some(({ detail }) => detail !== undefined)
    ? attempts.map(({ detail: _detail, ...attempt }) => attempt)
    : attempts
}

export const mergeMark = (stored: ErasureMark, mark: ErasureMark): ErasureMark =>
  mark.at > stored.at ? mark : stored
