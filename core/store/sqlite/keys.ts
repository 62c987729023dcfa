import type { Keys, StoredKey } from '../../contracts/store.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './rows.ts'

export const KEY = shapeOf<StoredKey>([
  ...(['id', 'kind', 'role', 'tenant', 'label', 'digest', 'createdAt', 'expiresAt', 'revokedAt'] as const),
])
const MAX_LISTED = 1_000

export function createKeys({ prepare, write }: Parts): Keys {
  const put = prepare(`INSERT OR REPLACE INTO keys (${KEY.columns}) VALUES (${KEY.places})`)
  const find = prepare(
    `SELECT ${KEY.columns} FROM keys
     WHERE digest = ? AND revokedAt IS NULL AND (expiresAt IS NULL OR expiresAt > ?)`,
  )
  const list = prepare(`SELECT ${KEY.columns} FROM keys WHERE kind = ? ORDER BY seq DESC LIMIT ${MAX_LISTED}`)
  const revoke = prepare('UPDATE keys SET revokedAt = ? WHERE id = ? AND revokedAt IS NULL')

  return {
    put: key =>
      write(() => {
        put.run(...KEY.values(key))
      }),
    async find(digest, now) {
      const row = find.get(digest, now)
      return row ? KEY.record(row) : null
    },
    list: async kind => list.all(kind).map(KEY.record),
    revoke: (id, now) => write(() => revoke.run(now, id).changes === 1),
  }
}
