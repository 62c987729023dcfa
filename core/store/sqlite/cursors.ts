import type { Cursor, Cursors } from '../../contracts/store.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './rows.ts'

export const CURSOR = shapeOf<Cursor>(['connection', 'resource', 'value', 'updatedAt'])
const MAX_LISTED = 10_000

export function createCursors({ prepare, write }: Parts): Cursors {
  const find = prepare(`SELECT ${CURSOR.columns} FROM cursors WHERE connection = ? AND resource = ?`)
  const put = prepare(`INSERT OR REPLACE INTO cursors (${CURSOR.columns}) VALUES (${CURSOR.places})`)
  const all = prepare(
    `SELECT ${CURSOR.columns} FROM cursors ORDER BY connection, resource LIMIT ${MAX_LISTED}`,
  )
  const ofConnection = prepare(`SELECT ${CURSOR.columns} FROM cursors WHERE connection = ? ORDER BY resource`)

  return {
    async get(connection, resource) {
      const row = find.get(connection, resource)
      return row ? CURSOR.record(row) : null
    },
    put: cursor =>
      write(() => {
        put.run(...CURSOR.values(cursor))
      }),
    list: async connection =>
      (connection === undefined ? all.all() : ofConnection.all(connection)).map(CURSOR.record),
  }
}
