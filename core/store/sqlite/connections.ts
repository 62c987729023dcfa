import type { Connections, StoredConnection } from '../../contracts/store.ts'
import { Listing } from './listing.ts'
import type { Parts } from './repository.ts'
import { shapeOf } from './rows.ts'

export const CONNECTION = shapeOf<StoredConnection>(
  [
    ...(['id', 'tenant', 'connector', 'settings', 'secrets', 'tables', 'state', 'stateReason'] as const),
    ...(['declared', 'fence', 'subscriptions', 'updatedAt'] as const),
  ],
  { settings: 'json', secrets: 'json', tables: 'json', declared: 'flag', subscriptions: 'json' },
)

export function createConnections({ prepare, write }: Parts): Connections {
  const byId = prepare(`SELECT ${CONNECTION.columns} FROM connections WHERE id = ?`)
  const insert = prepare(
    `INSERT INTO connections (${CONNECTION.columns}) VALUES (${CONNECTION.places}) ON CONFLICT (id) DO NOTHING`,
  )
  const update = prepare(`UPDATE connections SET ${CONNECTION.assignments} WHERE id = ?`)
  const remove = prepare('DELETE FROM connections WHERE id = ?')
  const listing = new Listing<object, StoredConnection>({
    ...{ prepare, table: 'connections', columns: CONNECTION.columns, terms: {}, toItem: CONNECTION.record },
  })

  const find = (id: string): StoredConnection | null => {
    const row = byId.get(id)
    return row ? CONNECTION.record(row) : null
  }

  return {
    put: connection =>
      write(() => {
        const { changes } = insert.run(...CONNECTION.values(connection))
        if (changes === 0) update.run(...CONNECTION.values(connection), connection.id)
      }),
    get: async id => find(id),
    list: async page => listing.page({}, page),
    patch: (id, change, fence) =>
      write(() => {
        const stored = find(id)
        if (!stored || (fence !== undefined && (stored.fence ?? 0) >= fence)) return null
        update.run(...CONNECTION.values({ ...stored, ...change, fence: fence ?? stored.fence }), id)
        return find(id)
      }),
    remove: id => write(() => remove.run(id).changes === 1),
  }
}
