import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { HubError } from '../../../errors/hub-error.ts'
import { noStoreAt } from '../../move/refusals.ts'
import type { LargeRecord, MoveSource, MoveTarget, StoreReader } from '../../move/sides.ts'
import { type Database, isBusy, openDatabase, type Prepare, pathOf, preparedOnce } from '../database.ts'
import { lockEngine } from '../engine-lock.ts'
import { migrate } from '../migrations.ts'
import { Tallies } from '../tallies.ts'
import { beginMarker, readMarker, refuseHalfMoved, removeMarker, writeMarker } from './marker.ts'
import { type MovedTables, movedTables } from './tables.ts'

const MAX_NAMED = 20

interface Opened {
  name: string
  database: Database
  prepare: Prepare
  tallies: Tallies
  tables: MovedTables
  close(): Promise<void>
}

/** Nobody else works on it or writes to it until it is closed. Throws `STORE_LOCKED` where a hub does, `NOT_FOUND`. */
export function openSqliteSource(url: string): MoveSource {
  const path = fileOf(url)
  if (!existsSync(path)) throw noStoreAt(`sqlite:${path}`)
  const opened = open(path, database => {
    refuseHalfMoved(database, path)
    holdBackWriters(database, path)
  })
  return { ...readerOf(opened), larger: async bytes => largerThan(opened.prepare, bytes) }
}

/** Makes the file where there is none. Throws `STORE_LOCKED` where a hub works on it. */
export function openSqliteTarget(url: string): MoveTarget {
  const opened = open(fileOf(url))
  const { database, tables, tallies } = opened

  return {
    ...readerOf(opened),
    maxBytes: Number.POSITIVE_INFINITY,
    progress: async () => readMarker(database),
    begin: async progress => inTransaction(database, () => beginMarker(database, progress)),
    async write(table, rows, progress) {
      inTransaction(database, () => {
        rows.forEach(tables[table].insert)
        tallies.flush()
        writeMarker(database, progress)
      })
    },
    finish: async () => removeMarker(database),
  }
}

function fileOf(url: string): string {
  const path = pathOf(url)
  if (path === ':memory:')
    throw new HubError('INPUT_INVALID', { detail: 'What is in memory only cannot be moved.' })
  return resolve(path)
}

function open(path: string, ready: (database: Database) => void = () => undefined): Opened {
  const unlock = lockEngine(path)
  let database: Database | undefined
  const close = (): void => {
    database?.close()
    unlock()
  }
  try {
    database = openDatabase(path)
    migrate(database)
    // What a sort of millions needs goes to the disk.
    database.exec('PRAGMA temp_store = FILE')
    ready(database)
    const prepare = preparedOnce(database)
    const tallies = new Tallies(prepare)
    const tables = movedTables({ prepare, tallies })
    return { name: `sqlite:${path}`, database, prepare, tallies, tables, close: async () => close() }
  } catch (error) {
    close()
    throw error
  }
}

/** Nothing is written: it is for whoever else would, for example a command that needs no engine. */
function holdBackWriters(database: Database, path: string): void {
  try {
    database.exec('BEGIN IMMEDIATE')
  } catch (cause) {
    if (!isBusy(cause)) throw cause
    throw new HubError('STORE_LOCKED', { detail: `“${path}” is being written to.`, cause })
  }
}

const readerOf = ({ name, prepare, tables, close }: Opened): StoreReader => ({
  name,
  async *read(table, skip = 0) {
    yield* tables[table].read(skip)
  },
  count: async table => Number(prepare(`SELECT count(*) AS count FROM ${table}`).get()!.count),
  close,
})

function inTransaction(database: Database, run: () => void): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    run()
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

function largerThan(prepare: Prepare, bytes: number): LargeRecord[] {
  const found = prepare(
    `SELECT 'message' AS noun, id, bytes + coalesce(octet_length(editedBody), 0) AS bytes
     FROM messages JOIN messageBodies USING (seq) WHERE messages.bytes + coalesce(octet_length(editedBody), 0) > ?
     UNION ALL SELECT 'document', id, octet_length(body) FROM documents WHERE octet_length(body) > ? LIMIT ?`,
  )
  return found.all(bytes, bytes, MAX_NAMED) as unknown as LargeRecord[]
}
