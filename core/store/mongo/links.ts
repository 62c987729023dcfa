import type { Link, Links } from '../../contracts/store.ts'
import { PutBatches } from './batch/put-batches.ts'
import { ReadBatches } from './batch/read-batches.ts'
import type { Parts } from './repository.ts'
import { identity, shapeOf } from './shape.ts'

export const LINK = shapeOf<Link>({})

export function createLinks({ collection }: Parts): Links {
  const links = collection('links')
  const reads = new ReadBatches(links)
  const puts = new PutBatches(links)

  return {
    async put(link) {
      await puts.put({ ...LINK.stored(link), _id: identity(link.document, link.connection) })
      return link
    },
    async get(document, connection) {
      const row = await reads.read(identity(document, connection))
      return row && LINK.record(row)
    },
    async list(document) {
      const rows = await links
        .find({ document: { $eq: document } })
        .sort({ connection: 1 })
        .toArray()
      return rows.map(LINK.record)
    },
    async find(connection, externalId, resource) {
      // Ids of documents begin with their resource and a colon, and a semicolon is next to it.
      const document = resource && { $gte: `${resource}:`, $lt: `${resource};` }
      const row = await links.findOne(
        { connection: { $eq: connection }, externalId: { $eq: externalId }, ...(document && { document }) },
        { sort: { createdAt: 1 } },
      )
      return row && LINK.record(row)
    },
  }
}
