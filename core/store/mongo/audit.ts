import type { Document } from 'mongodb'
import type { Audit, StoredAuditEntry } from '../../contracts/store.ts'
import { HubError } from '../../errors/hub-error.ts'
import { chainEntry } from '../audit-chain.ts'
import { isDuplicate } from './errors.ts'
import { Listing } from './listing.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './shape.ts'

export const ENTRY = shapeOf<Omit<StoredAuditEntry, 'seq'>>({ json: ['detail'] })
const SEQ_DIGITS = 12
/** Each failed try means that another entry was appended. */
const MAX_TRIES = 500

/** The number is the `_id`: of two who follow the same entry one wins, and the other looks again. */
export const place = (seq: number): string => String(seq).padStart(SEQ_DIGITS, '0')
export const entryOf = (row: Document): StoredAuditEntry => ({
  ...ENTRY.record(row),
  seq: Number(row['_id']),
})

export function createAudit({ collection }: Parts): Audit {
  const audit = collection('audit')
  const listing = new Listing<StoredAuditEntry>({ collection: audit, toItem: entryOf })

  return {
    async append(entry) {
      for (let tries = 1; tries <= MAX_TRIES; tries++) {
        const [last] = await audit.find().sort({ seq: -1 }).limit(1).toArray()
        const stored = chainEntry(last ? entryOf(last) : null, entry)
        const { seq, ...content } = stored
        try {
          await audit.insertOne({ ...ENTRY.stored(content), _id: place(seq), seq: place(seq) })
          return stored
        } catch (error) {
          if (!isDuplicate(error)) throw error
        }
      }
      throw new HubError('STORE_UNAVAILABLE', { detail: 'Too many append to the audit log.' })
    },
    list: page => listing.page({}, page),
  }
}
