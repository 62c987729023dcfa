import type { Collection, Document } from 'mongodb'
import type { Upkeep } from '../../contracts/store.ts'
import { FINISHED_MESSAGE_STATES } from '../message-rules.ts'
import { startOf } from './arrivals.ts'
import type { Parts } from './repository.ts'
import type { Row } from './shape.ts'

/** Deletes of one statement: other writes are let through between two. */
const CHUNK = 500

export function createPurge({ collection }: Parts): Upkeep['purge'] {
  const outdated = {
    messages: {
      records: collection('messages'),
      filter: (before: number) => ({
        state: { $in: [...FINISHED_MESSAGE_STATES] },
        seq: { $lt: startOf(before) },
      }),
    },
    stats: { records: collection('stats'), filter: (before: number) => ({ minute: { $lt: before } }) },
    keys: {
      records: collection('keys'),
      filter: (before: number) => ({
        $or: [{ expiresAt: { $lt: before } }, { revokedAt: { $lt: before } }],
      }),
    },
  }

  return async (what, before, limit) => {
    const { records, filter } = outdated[what]
    let deleted = 0
    while (deleted < limit) {
      const some = Math.min(CHUNK, limit - deleted)
      const count = await deleteSome(records, filter(before), some)
      deleted += count
      if (count < some) break
    }
    return deleted
  }
}

/** Asks again at the deletion: what was reopened meanwhile stays. */
async function deleteSome(records: Collection<Row>, filter: Document, limit: number): Promise<number> {
  const found = await records
    .find(filter, { projection: { _id: 1 }, batchSize: limit })
    .limit(limit)
    .toArray()
  if (found.length === 0) return 0
  const { deletedCount } = await records.deleteMany({ _id: { $in: found.map(({ _id }) => _id) }, ...filter })
  return deletedCount
}
