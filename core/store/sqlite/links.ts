import type { Link, Links } from '../../contracts/store.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './rows.ts'

export const LINK = shapeOf<Link>(['document', 'connection', 'externalId', 'createdAt'])

export function createLinks({ prepare, write }: Parts): Links {
  const put = prepare(`INSERT OR REPLACE INTO links (${LINK.columns}) VALUES (${LINK.places})`)
  const find = prepare(`SELECT ${LINK.columns} FROM links WHERE document = ? AND connection = ?`)
  const ofDocument = prepare(`SELECT ${LINK.columns} FROM links WHERE document = ? ORDER BY connection`)
  const byExternalId = prepare(
    `SELECT ${LINK.columns} FROM links WHERE connection = ? AND externalId = ? ORDER BY createdAt LIMIT 1`,
  )
  // Ids of documents begin with their resource and a colon, and a semicolon is next to it.
  const ofResource = prepare(
    `SELECT ${LINK.columns} FROM links WHERE connection = ? AND externalId = ? AND document >= ? AND document < ?
     ORDER BY createdAt LIMIT 1`,
  )

  return {
    put: link =>
      write(() => {
        put.run(...LINK.values(link))
        return link
      }),
    async get(document, connection) {
      const row = find.get(document, connection)
      return row ? LINK.record(row) : null
    },
    list: async document => ofDocument.all(document).map(LINK.record),
    async find(connection, externalId, resource) {
      const row = resource
        ? ofResource.get(connection, externalId, `${resource}:`, `${resource};`)
        : byExternalId.get(connection, externalId)
      return row ? LINK.record(row) : null
    },
  }
}
