import type { Db, MongoClient } from 'mongodb'
import { noStoreAt } from '../../move/refusals.ts'
import type { LargeRecord, MoveSource, MoveTarget, StoreReader } from '../../move/sides.ts'
import { InsertBatches } from '../batch/insert-batches.ts'
import { createClient, databaseOf, nameOf } from '../client.ts'
import { asStoreError } from '../errors.ts'
import { MAX_BODIES_BYTES } from '../message-rows.ts'
import { prepare } from '../schema.ts'
import type { Row } from '../shape.ts'
import { refuseInUse } from './in-use.ts'
import { readMarker, refuseHalfMoved, removeMarker, writeMarker } from './marker.ts'
import { MOVED_TABLES } from './tables.ts'

const MAX_NAMED = 20

interface Opened {
  name: string
  client: MongoClient
  db: Db
}

/** Throws `NOT_FOUND` where there is no store, `STORE_LOCKED` while somebody holds a lease or a claim at `now`. */
export async function openMongoSource(url: string, now: number): Promise<MoveSource> {
  const opened = await open(url, async (db, name) => {
    if (!(await db.collection<Row>('meta').findOne({ _id: 'schema' }))) throw noStoreAt(name)
    await refuseHalfMoved(db, name)
    await prepare(db)
    await refuseInUse(db, name, now)
  })
  return { ...readerOf(opened), larger: bytes => translated(largerThan(opened.db, bytes)) }
}

/** Makes the database where there is none. */
export async function openMongoTarget(url: string): Promise<MoveTarget> {
  const opened = await open(url, prepare)
  const { db } = opened

  return {
    ...readerOf(opened),
    maxBytes: MAX_BODIES_BYTES,
    progress: () => translated(readMarker(db)),
    begin: progress => translated(writeMarker(db, progress)),
    async write(table, rows, progress) {
      const inserts = new InsertBatches(db.collection<Row>(table))
      const moved = rows.map(MOVED_TABLES[table].row)
      await translated(Promise.all(moved.map(row => inserts.insert(row, bytesOf(row)))))
      await translated(writeMarker(db, progress))
    },
    finish: () => translated(removeMarker(db)),
  }
}

async function open(url: string, ready: (db: Db, name: string) => Promise<void>): Promise<Opened> {
  const client = createClient(url)
  const [db, name] = [client.db(databaseOf(url)), nameOf(url)]
  try {
    await ready(db, name)
    return { name, client, db }
  } catch (error) {
    await client.close()
    throw asStoreError(error)
  }
}

const readerOf = ({ name, client, db }: Opened): StoreReader => ({
  name,
  async *read(table, skip = 0) {
    const { order, record } = MOVED_TABLES[table]
    const rows = db.collection<Row>(table).find({}, { sort: order, skip, allowDiskUse: true })
    let arrival = skip
    try {
      for await (const row of rows) yield { arrival: ++arrival, record: record(row) }
    } catch (error) {
      throw asStoreError(error)
    }
  },
  count: table => translated(db.collection(table).countDocuments({}, { hint: '_id_' })),
  close: () => client.close(),
})

async function translated<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw asStoreError(error)
  }
}

/** What fills a record: the bytes of a message and its edit, or the JSON of a document. */
const bytesOf = ({ body, editedBody }: Row): number =>
  [body, editedBody].reduce((sum, part) => sum + (part?.length ?? 0), 0)

/** An edit counts with its message when it is made, so none is over the bound of this driver. */
async function largerThan(db: Db, bytes: number): Promise<LargeRecord[]> {
  const rows = await db
    .collection<Row>('messages')
    .find({ bytes: { $gt: bytes } }, { projection: { bytes: 1 } })
    .limit(MAX_NAMED)
    .toArray()
  return rows.map(row => ({ noun: 'message', id: row._id, bytes: row['bytes'] }))
}
