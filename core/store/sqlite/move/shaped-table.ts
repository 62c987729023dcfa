import type { Placed } from '../../move/sides.ts'
import type { Prepare } from '../database.ts'
import type { Shape } from '../rows.ts'

/** How the records of one noun leave a database and come into one. */
export interface MovedTable<T> {
  /** In the order of `StoreReader.read`. */
  read(skip: number): Iterable<Placed<T>>
  /** To be called inside a transaction. */
  insert(placed: Placed<T>): void
}

export interface ShapedTable<T> {
  table: string
  shape: Shape<T>
}

/** The `seq` goes along: whatever sorts by it finds the same order. */
export function byArrival<T>(prepare: Prepare, { table, shape }: ShapedTable<T>): MovedTable<T> {
  const rows = prepare(`SELECT seq, ${shape.columns} FROM ${table} ORDER BY seq LIMIT -1 OFFSET ?`)
  const insert = prepare(`INSERT INTO ${table} (seq, ${shape.columns}) VALUES (?, ${shape.places})`)
  return {
    *read(skip) {
      for (const row of rows.iterate(skip)) yield { arrival: Number(row.seq), record: shape.record(row) }
    },
    insert: ({ arrival, record }) => void insert.run(arrival, ...shape.values(record)),
  }
}

export function byKey<T>(
  prepare: Prepare,
  { table, shape, key }: ShapedTable<T> & { key: string },
): MovedTable<T> {
  const rows = prepare(`SELECT ${shape.columns} FROM ${table} ORDER BY ${key} LIMIT -1 OFFSET ?`)
  const insert = prepare(`INSERT INTO ${table} (${shape.columns}) VALUES (${shape.places})`)
  return {
    *read(skip) {
      let arrival = skip
      for (const row of rows.iterate(skip)) yield { arrival: ++arrival, record: shape.record(row) }
    },
    insert: ({ record }) => void insert.run(...shape.values(record)),
  }
}
