import type { AuditEntry, StoredAuditEntry } from '../contracts/store.ts'
import { contentHash } from '../kernel/canonical-json.ts'

/** `previous` of the first entry. */
export const CHAIN_START = ''

/** The entry that follows `last`; its hash covers its own content and, through `previous`, all before it. */
export function chainEntry(
  last: Pick<StoredAuditEntry, 'seq' | 'hash'> | null,
  entry: AuditEntry,
): StoredAuditEntry {
  const content = { ...entry, seq: (last?.seq ?? 0) + 1, previous: last?.hash ?? CHAIN_START }
  return { ...content, hash: contentHash(content) }
}

/** The first entry that was changed, or that follows a removed one; null for an unbroken chain. Entries oldest first. */
export function brokenEntry(
  entries: readonly StoredAuditEntry[],
  before = CHAIN_START,
): StoredAuditEntry | null {
  let previous = before
  for (const entry of entries) {
    const { hash, ...content } = entry
    if (content.previous !== previous || contentHash(content) !== hash) return entry
    previous = hash
  }
  return null
}
