import { HubError } from '../../errors/hub-error.ts'
import type { Database } from './database.ts'
import { SCHEMA_1 } from './schema.ts'
import { SCHEMA_2 } from './schema-2.ts'
import { SCHEMA_3 } from './schema-3.ts'
import { SCHEMA_4 } from './schema-4.ts'
import { SCHEMA_5 } from './schema-5.ts'
import { SCHEMA_6 } from './schema-6.ts'
import { SCHEMA_7 } from './schema-7.ts'
import { SCHEMA_8 } from './schema-8.ts'

/** Step n brings a database of `user_version` n to n + 1. Steps are only ever added. */
export const MIGRATIONS: readonly string[] = [
  SCHEMA_1,
  SCHEMA_2,
  SCHEMA_3,
  SCHEMA_4,
  SCHEMA_5,
  SCHEMA_6,
  SCHEMA_7,
  SCHEMA_8,
]

/** All missing steps or none. Safe while another process opens the same file. */
export function migrate(database: Database, steps: readonly string[] = MIGRATIONS): void {
  if (versionOf(database) === steps.length) return
  database.exec('BEGIN IMMEDIATE')
  try {
    const version = versionOf(database)
    if (version > steps.length)
      throw new HubError('STORE_VERSION', { detail: `It has version ${version}, this is ${steps.length}.` })
    for (const step of steps.slice(version)) database.exec(step)
    database.exec(`PRAGMA user_version = ${steps.length}; COMMIT`)
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

export const versionOf = (database: Database): number =>
  Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0)
