import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { Progress } from '#core/store/move/sides.ts'
import { readMarker } from '#core/store/sqlite/move/marker.ts'

/** How far a move into this file has come, read beside it; null before it begins and after it ends. */
export function readProgress(path: string): Progress | null {
  if (!existsSync(path)) return null
  const database = new DatabaseSync(path, { readOnly: true, timeout: 1_000 })
  try {
    return readMarker(database)
  } finally {
    database.close()
  }
}
