import type { Link, Links } from '../../contracts/store.ts'
import { put } from './put.ts'
import type { Parts } from './repository.ts'
import { identity, shapeOf } from './shape.ts'

export const LINK = shapeOf<Link>({})

export function createLinks({ collection }: Parts): Links {
  const links = collection('links')

  return {
    async put(link) {
      await put(links, { ...LINK.stored(link), _id: identity(link.document, link.connection) })
      return link
    },
    async get(document, connection) {
      const row = await links.findOne({ _id: identity(document, connection) })
      return row && LINK.record(row)
    },
    async list(document) {
      const rows = await links
        .find({ document: { $eq: document } })
        .sort({ connection: 1 })
        .toArray()
      return rows.map(LINK.record)
    },
    async find(connection, externalId) {
      const row = await links.findOne(
        { connection: { $eq: connection }, externalId: { $eq: externalId } },
        { sort: { createdAt: 1 } },
      )
      return row && LINK.record(row)
    },
  }
}
