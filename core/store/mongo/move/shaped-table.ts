import type { Document } from 'mongodb'
import type { Placed } from '../../move/sides.ts'
import { movedSeq } from '../arrivals.ts'
import { identity, type Row, type Shape } from '../shape.ts'

/** How the records of one noun leave a database and come into one. */
export interface MovedTable<T> {
  /** That of `StoreReader.read`. */
  order: Record<string, 1>
  row(placed: Placed<T>): Row
  record(row: Document): T
}

/**
 * Lists that sort by `seq`, which is made from the order of arrival alone: before everything that arrives from now on.
 * What changes by its `version` begins with 1.
 */
export const byArrival = <T>(shape: Shape<T>, also: Document = {}): MovedTable<T> => ({
  order: { seq: 1 },
  row: ({ arrival, record }) =>
    ({ ...shape.stored(record), seq: movedSeq(0, arrival), ...also }) as unknown as Row,
  record: shape.record,
})

export const VERSIONED = { version: 1 }

/** What its key names and no list sorts by anything else. */
export const byKey = <T extends object>(
  shape: Shape<T>,
  key: readonly (keyof T & string)[],
): MovedTable<T> => ({
  order: Object.fromEntries(key.map(member => [member, 1])),
  row: ({ record }) => ({ ...shape.stored(record), _id: keyOf(record, key) }),
  record: shape.record,
})

export const keyOf = <T extends object>(record: T, key: readonly (keyof T & string)[]): string =>
  identity(...key.map(member => record[member] as string | number))
