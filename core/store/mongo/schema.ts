import type { Db } from 'mongodb'
import { HubError } from '../../errors/hub-error.ts'
import { createIndexes } from './indexes.ts'
import type { Row } from './shape.ts'

/** Grows when a process of the version before could no longer work on the same records. */
export const SCHEMA_VERSION = 1

/** Indexes and version of the database, made or brought up to this version. Safe while other processes do the same. */
export async function prepare(db: Db): Promise<void> {
  const meta = db.collection<Row>('meta')
  const found = await meta.findOne({ _id: 'schema' })
  const version = Number(found?.['version'] ?? 0)
  if (version > SCHEMA_VERSION)
    throw new HubError('STORE_VERSION', { detail: `It has version ${version}, this is ${SCHEMA_VERSION}.` })
  await createIndexes(db)
  if (version < SCHEMA_VERSION)
    await meta.updateOne({ _id: 'schema' }, { $max: { version: SCHEMA_VERSION } }, { upsert: true })
}
