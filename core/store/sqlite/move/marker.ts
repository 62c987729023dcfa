import { halfMoved } from '../../move/refusals.ts'
import type { Progress } from '../../move/sides.ts'
import type { Database } from '../database.ts'

/** The table stands only while a move is under way, so it is not a step of the migrations. */
const TABLE = 'move'

export const beginMarker = (database: Database, progress: Progress): void => {
  database.exec(`CREATE TABLE IF NOT EXISTS ${TABLE} (progress TEXT NOT NULL); DELETE FROM ${TABLE}`)
  database.prepare(`INSERT INTO ${TABLE} (progress) VALUES (?)`).run(JSON.stringify(progress))
}

export const writeMarker = (database: Database, progress: Progress): void =>
  void database.prepare(`UPDATE ${TABLE} SET progress = ?`).run(JSON.stringify(progress))

export const removeMarker = (database: Database): void => database.exec(`DROP TABLE IF EXISTS ${TABLE}`)

export function readMarker(database: Database): Progress | null {
  const [table] = database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').all(TABLE)
  const row = table && database.prepare(`SELECT progress FROM ${TABLE}`).get()
  return row ? JSON.parse(String(row.progress)) : null
}

/** A hub that worked on half a store would lose the other half. */
export function refuseHalfMoved(database: Database, path: string): void {
  const progress = readMarker(database)
  if (progress) throw halfMoved(`sqlite:${path}`, progress)
}
