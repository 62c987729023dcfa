import type { Db } from 'mongodb'
import { halfMoved } from '../../move/refusals.ts'
import type { Progress } from '../../move/sides.ts'
import type { Row } from '../shape.ts'

const MARKER = 'move'

const meta = (db: Db) => db.collection<Row>('meta')

export async function readMarker(db: Db): Promise<Progress | null> {
  const row = await meta(db).findOne({ _id: MARKER })
  return row && { source: row['source'], written: row['written'] }
}

export async function writeMarker(db: Db, { source, written }: Progress): Promise<void> {
  await meta(db).updateOne({ _id: MARKER }, { $set: { source, written } }, { upsert: true })
}

export async function removeMarker(db: Db): Promise<void> {
  await meta(db).deleteOne({ _id: MARKER })
}

/** A hub that worked on half a store would lose the other half. */
export async function refuseHalfMoved(db: Db, name: string): Promise<void> {
  const progress = await readMarker(db)
  if (progress) throw halfMoved(name, progress)
}
