import type { DocumentCandidate, StoredDocument, UpsertResult } from '../contracts/store.ts'
import { compareOrder } from '../documents/compare-order.ts'

/** What becomes of the stored document when the candidate arrives; the newest order wins, whatever the order of arrival. */
export function upsertDocument(
  stored: StoredDocument | null,
  candidate: DocumentCandidate,
  now: number,
): UpsertResult {
  if (!stored)
    return { outcome: 'created', document: { ...candidate, revision: 1, createdAt: now, updatedAt: now } }
  const newer = compareOrder(candidate.order, stored.order)
  if (newer < 0) return { outcome: 'stale', document: stored }
  if (candidate.hash === stored.hash)
    return { outcome: 'unchanged', document: { ...stored, order: candidate.order } }
  const document = {
    ...candidate,
    revision: stored.revision + 1,
    createdAt: stored.createdAt,
    updatedAt: now,
  }
  return { outcome: 'updated', document }
}
