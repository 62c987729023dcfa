import type { Lease, Leases } from '../../contracts/store.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './rows.ts'

export const LEASE = shapeOf<Lease>(['name', 'owner', 'token', 'until'])

/** A released lease keeps its row without an owner, so that its token goes on growing. */
export function createLeases({ prepare, write }: Parts): Leases {
  const find = prepare(`SELECT ${LEASE.columns} FROM leases WHERE name = ?`)
  const put = prepare(`INSERT OR REPLACE INTO leases (${LEASE.columns}) VALUES (${LEASE.places})`)
  const release = prepare('UPDATE leases SET owner = NULL WHERE name = ? AND owner = ?')

  return {
    acquire: (name, owner, now, until) =>
      write(() => {
        const row = find.get(name)
        const held = row && LEASE.record(row)
        const own = held?.owner === owner
        if (held?.owner && !own && held.until > now) return null
        const token = own ? held.token : (held?.token ?? 0) + 1
        const lease: Lease = { name, owner, token, until }
        put.run(...LEASE.values(lease))
        return lease
      }),
    release: (name, owner) =>
      write(() => {
        release.run(name, owner)
      }),
  }
}
