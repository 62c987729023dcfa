import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** Ids of the connections that people made, without opening the store: the configuration is checked before there is one. */
export function readConnectionIds(path: string): string[] {
  if (path === ':memory:' || !existsSync(path)) return []
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    const [table] = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'connections'").all()
    if (!table) return []
    return database
      .prepare('SELECT id FROM connections WHERE declared = 0')
      .all()
      .map(({ id }) => String(id))
  } finally {
    database.close()
  }
}
