import type { Cursor, Cursors } from '../../contracts/store.ts'
import { put } from './put.ts'
import type { Parts } from './repository.ts'
import { identity, shapeOf } from './shape.ts'

export const CURSOR = shapeOf<Cursor>({})
const MAX_LISTED = 10_000

export function createCursors({ collection }: Parts): Cursors {
  const cursors = collection('cursors')

  return {
    async get(connection, resource) {
      const row = await cursors.findOne({ _id: identity(connection, resource) })
      return row && CURSOR.record(row)
    },
    put: cursor =>
      put(cursors, { ...CURSOR.stored(cursor), _id: identity(cursor.connection, cursor.resource) }),
    async list(connection) {
      const filter = connection === undefined ? {} : { connection: { $eq: connection } }
      const rows = await cursors.find(filter).sort({ connection: 1, resource: 1 }).limit(MAX_LISTED).toArray()
      return rows.map(CURSOR.record)
    },
  }
}
