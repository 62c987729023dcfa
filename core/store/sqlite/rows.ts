import type { SQLInputValue, SQLOutputValue } from 'node:sqlite'

export type Row = Record<string, SQLOutputValue>

/** How a column keeps what SQLite has no type for; a column without a codec holds text or a number as it is. */
type Codec = 'json' | 'flag' | 'bytes'

/**
 * One shape per table: columns are named as the members of the record, so a row and its record differ only in null for
 * absent and in the codecs.
 */
export interface Shape<T> {
  /** `a, b, c` for SELECT and INSERT. */
  readonly columns: string
  /** `?, ?, ?` for INSERT. */
  readonly places: string
  /** `a = ?, b = ?, c = ?` for UPDATE. */
  readonly assignments: string
  /** Parameters in the order of the columns. */
  values(record: T): SQLInputValue[]
  record(row: Row): T
}

export function shapeOf<T>(
  columns: readonly (keyof T & string)[],
  codecs: Readonly<Record<string, Codec>> = {},
): Shape<T> {
  return {
    columns: columns.join(', '),
    places: columns.map(() => '?').join(', '),
    assignments: columns.map(column => `${column} = ?`).join(', '),
    values: record => columns.map(column => encode(record[column], codecs[column])),
    record(row) {
      const record: Record<string, unknown> = {}
      for (const column of columns) {
        const value = row[column]
        if (value !== null && value !== undefined) record[column] = decode(value, codecs[column])
      }
      return record as T
    },
  }
}

function encode(value: unknown, codec: Codec | undefined): SQLInputValue {
  if (value === undefined) return null
  if (codec === 'json') return JSON.stringify(value)
  if (codec === 'flag') return value ? 1 : 0
  return value as SQLInputValue
}

function decode(value: SQLOutputValue, codec: Codec | undefined): unknown {
  if (codec === 'json') return JSON.parse(value as string)
  if (codec === 'flag') return value === 1
  if (codec === 'bytes') return bufferOf(value as Uint8Array)
  return value
}

export const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
