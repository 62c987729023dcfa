import type { DocumentCandidate, MergeDocuments, StoredDocument, UpsertResult } from '../contracts/store.ts'
import { compareOrder } from '../documents/compare-order.ts'
import { contentHash } from '../kernel/canonical-json.ts'

/** What becomes of the stored document when the candidate arrives; the newest order wins, whatever the order of arrival. */
export function upsertDocument(
  stored: StoredDocument | null,
  candidate: DocumentCandidate,
  now: number,
): UpsertResult {
  if (!stored) return created(candidate, now)
  if (stored.erased) return { outcome: 'erased', document: stored }
  if (compareOrder(candidate.order, stored.order) < 0) return { outcome: 'stale', document: stored }
  return candidate.hash === stored.hash
    ? { outcome: 'unchanged', document: { ...stored, order: candidate.order } }
    : updated(stored, candidate, now)
}

/** The same for a document that several tell of: what they make together is stored, and an older one may add to it. */
export function mergeDocument(
  stored: StoredDocument | null,
  candidate: DocumentCandidate,
  { now, merge }: { now: number; merge: MergeDocuments },
): UpsertResult {
  if (stored?.erased) return { outcome: 'erased', document: stored }
  const merged = merge(stored, candidate)
  if (!stored) return created(merged, now)
  const newer = compareOrder(candidate.order, stored.order) >= 0
  const order = newer ? candidate.order : stored.order
  if (merged.hash !== stored.hash) return updated(stored, { ...merged, order }, now)
  if (!newer && contentHash(merged.parts) === contentHash(stored.parts))
    return { outcome: 'stale', document: stored }
  return { outcome: 'unchanged', document: { ...stored, order, parts: merged.parts } }
}

const created = (candidate: DocumentCandidate, now: number): UpsertResult => ({
  outcome: 'created',
  document: { ...candidate, revision: 1, createdAt: now, updatedAt: now },
})

const updated = (stored: StoredDocument, candidate: DocumentCandidate, now: number): UpsertResult => ({
  outcome: 'updated',
  document: { ...candidate, revision: stored.revision + 1, createdAt: stored.createdAt, updatedAt: now },
})

/** Without what only a merge is to know. */
export function visibleDocument({ parts: _parts, ...document }: StoredDocument): StoredDocument {
  return document
}
