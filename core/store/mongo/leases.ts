import type { Lease, Leases } from '../../contracts/store.ts'
import { isDuplicate } from './errors.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './shape.ts'

export const LEASE = shapeOf<Lease>({ id: 'name' })

/** The owner's own token again, for another the next one. */
const tokenFor = (owner: string) => ({
  $cond: [{ $eq: ['$owner', { $literal: owner }] }, '$token', { $add: [{ $ifNull: ['$token', 0] }, 1] }],
})

/** A released lease keeps its record without an owner, so that its token goes on growing. */
export function createLeases({ collection }: Parts): Leases {
  const leases = collection('leases')

  return {
    async acquire(name, owner, now, until) {
      const free = [{ owner: { $eq: owner } }, { owner: null }, { until: { $lte: now } }]
      const take = { token: tokenFor(owner), owner: { $literal: owner }, until: { $literal: until } }
      try {
        const row = await leases.findOneAndUpdate({ _id: name, $or: free }, [{ $set: take }], {
          upsert: true,
          returnDocument: 'after',
        })
        return row && LEASE.record(row)
      } catch (error) {
        // It is there and not free, so that making it anew failed.
        if (isDuplicate(error)) return null
        throw error
      }
    },
    async release(name, owner) {
      await leases.updateOne({ _id: name, owner: { $eq: owner } }, { $unset: { owner: '' } })
    },
  }
}
