import type { Keys, StoredKey } from '../../contracts/store.ts'
import { putInPlace } from './put.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './shape.ts'

export const KEY = shapeOf<StoredKey>({ id: 'id' })
const MAX_LISTED = 1_000

export function createKeys({ collection, arrivals }: Parts): Keys {
  const keys = collection('keys')

  return {
    put: key => putInPlace(keys, KEY.stored(key), arrivals.next(key.createdAt)),
    async find(digest, now) {
      const row = await keys.findOne({
        digest: { $eq: digest },
        revokedAt: null,
        $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }],
      })
      return row && KEY.record(row)
    },
    async list(kind) {
      const rows = await keys
        .find({ kind: { $eq: kind } })
        .sort({ seq: -1 })
        .limit(MAX_LISTED)
        .toArray()
      return rows.map(KEY.record)
    },
    async revoke(id, now) {
      const { matchedCount } = await keys.updateOne(
        { _id: id, revokedAt: null },
        { $set: { revokedAt: now } },
      )
      return matchedCount === 1
    },
  }
}
