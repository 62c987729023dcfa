import { allows, type Principal } from '#core/accounts/roles.ts'
import type { Resource } from '#core/contracts/store.ts'
import type { Mask } from '#core/deadletter/mask.ts'
import type { Tried, TriedOutcome, TriedRecord } from '#core/sync/try-mapping.ts'

const HIDDEN = '•••'

/** Personal fields are hidden from whom they are none of their business, in documents, leaves and differences alike. */
export function triedView(tried: Tried, reader: Principal, mask: Mask): Tried {
  if (allows(reader.role, 'read-payload')) return tried
  const resource = (tried.resource ?? undefined) as Resource | undefined
  const masked = (document: unknown) => document && mask(document, resource)
  return { ...tried, records: tried.records.map(record => maskedRecord(record, masked)) }
}

function maskedRecord(record: TriedRecord, masked: (document: unknown) => unknown): TriedRecord {
  const document = masked(record.document)
  const before = record.before && withDocument(record.before, masked(record.before.document))
  return {
    ...record,
    ...withDocument(record, document),
    leaves: record.leaves.map(leaf =>
      leaf.value === undefined ? leaf : { ...leaf, value: shown(document, leaf.pointer) },
    ),
    before,
    differences: record.differences.map(({ pointer }) => ({
      pointer,
      before: valueAt(before?.document, pointer),
      after: valueAt(document, pointer),
    })),
  }
}

const withDocument = (outcome: TriedOutcome, document: unknown): TriedOutcome =>
  document ? { ...outcome, document: document as Record<string, unknown> } : outcome

/** What stands in no document (`let.customer`, `identity`) has no schema that says whether it is personal. */
const shown = (document: unknown, pointer: string): unknown =>
  pointer.startsWith('/') ? valueAt(document, pointer) : HIDDEN

function valueAt(document: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1)
  return keys.reduce<unknown>((at, key) => memberOf(at, unescaped(key)), document)
}

const unescaped = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~')

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
