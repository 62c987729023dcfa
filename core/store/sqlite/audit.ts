import type { Audit, StoredAuditEntry } from '../../contracts/store.ts'
import { chainEntry } from '../audit-chain.ts'
import { Listing } from './listing.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './rows.ts'

export const ENTRY = shapeOf<StoredAuditEntry>(
  ['seq', 'at', 'actor', 'action', 'subject', 'detail', 'previous', 'hash'],
  { detail: 'json' },
)

export function createAudit({ prepare, write }: Parts): Audit {
  const last = prepare(`SELECT ${ENTRY.columns} FROM audit ORDER BY seq DESC LIMIT 1`)
  const insert = prepare(`INSERT INTO audit (${ENTRY.columns}) VALUES (${ENTRY.places})`)
  const listing = new Listing<object, StoredAuditEntry>({
    ...{ prepare, table: 'audit', columns: ENTRY.columns, terms: {}, toItem: ENTRY.record },
  })

  return {
    append: entry =>
      write(() => {
        const row = last.get()
        const stored = chainEntry(row ? ENTRY.record(row) : null, entry)
        insert.run(...ENTRY.values(stored))
        return stored
      }),
    list: async page => listing.page({}, page),
  }
}
