import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { HubError } from '../../errors/hub-error.ts'

export type Database = DatabaseSync

/** How long a statement waits inside SQLite for another process; the writer waits longer, without blocking the loop. */
const BUSY_TIMEOUT_MS = 100
/** While opening there is no loop to keep free. */
const OPENING_TIMEOUT_MS = 5_000

/**
 * WAL with `synchronous=FULL`: every COMMIT is an fsync. Checkpoints come every 1 000 pages, so the log stays near
 * 16 MB; a larger one left behind by a long reader is cut to that size. No memory map: its pages would count as ours. What is deleted or replaced
 * is overwritten with zeros: what a person wants forgotten is not found in the file.
 */
const PRAGMAS = `
  PRAGMA page_size = 16384;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = 1000;
  PRAGMA journal_size_limit = 16777216;
  PRAGMA cache_size = -16384;
  PRAGMA temp_store = MEMORY;
  PRAGMA secure_delete = ON;
`

/** Path of the database file, or `:memory:`. */
export function pathOf(url: string): string {
  const path = url.replace(/^sqlite:/, '').replace(/^\/\/(?=\/)/, '')
  if (path === '') throw new HubError('CONFIG_INVALID', { detail: 'The address of the store names no file.' })
  return path
}

export function openDatabase(path: string): Database {
  createPrivately(path)
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: false, timeout: OPENING_TIMEOUT_MS })
  database.exec(PRAGMAS)
  return database
}

/** After opening and migrating: from now on, waiting belongs to the writer. */
export const waitBriefly = (database: Database): void =>
  database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)

/** SQLite gives its side files the rights of the database, so only the owner may read any of them. */
export function createPrivately(path: string): void {
  if (path === ':memory:') return
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  closeSync(openSync(path, 'a', 0o600))
}

const SQLITE_BUSY = 5
const PRIMARY_CODE = 0xff

/** Another process holds the lock that the statement needs. */
export const isBusy = (error: unknown): boolean =>
  (Number((error as { errcode?: unknown } | null)?.errcode) & PRIMARY_CODE) === SQLITE_BUSY

export type Prepare = (sql: string) => StatementSync

/** Each text is prepared once. Texts are built from columns of the code alone, so there are few. */
export function preparedOnce(database: Database): Prepare {
  const statements = new Map<string, StatementSync>()
  return sql => {
    let statement = statements.get(sql)
    if (!statement) {
      statement = database.prepare(sql)
      statements.set(sql, statement)
    }
    return statement
  }
}
