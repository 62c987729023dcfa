import type { Connections, StoredConnection } from '../../contracts/store.ts'
import { Listing } from './listing.ts'
import { putInPlace } from './put.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './shape.ts'

export const CONNECTION = shapeOf<StoredConnection>({ id: 'id', json: ['settings', 'secrets', 'tables'] })

export function createConnections({ collection, arrivals }: Parts): Connections {
  const connections = collection('connections')
  const listing = new Listing<StoredConnection>({ collection: connections, toItem: CONNECTION.record })

  return {
    put: connection =>
      putInPlace(connections, CONNECTION.stored(connection), arrivals.next(connection.updatedAt)),

    async get(id) {
      const row = await connections.findOne({ _id: id })
      return row && CONNECTION.record(row)
    },

    list: page => listing.page({}, page),

    async patch(id, change, fence) {
      const gone = Object.entries(change).filter(([, value]) => value === undefined)
      const row = await connections.findOneAndUpdate(
        // “Not at or above” is true of a connection without a fence too.
        { _id: id, ...(fence !== undefined && { fence: { $not: { $gte: fence } } }) },
        {
          $set: { ...CONNECTION.stored(change), _id: id, ...(fence !== undefined && { fence }) },
          ...(gone.length > 0 && { $unset: Object.fromEntries(gone.map(([member]) => [member, ''])) }),
        },
        { returnDocument: 'after' },
      )
      return row && CONNECTION.record(row)
    },

    async remove(id) {
      return (await connections.deleteOne({ _id: id })).deletedCount === 1
    },
  }
}
