import { MongoBulkWriteError } from 'mongodb'

/**
 * The codes of the rows that a bulk write refused, by their index; the others were written. Throws what says nothing
 * about single rows: then nothing is known of all of them.
 */
export function failuresOf(error: unknown): Map<number, number | undefined> {
  if (!(error instanceof MongoBulkWriteError)) throw error
  const failures = new Map([error.writeErrors].flat().map(({ index, code }) => [index, code]))
  if (failures.size === 0 || error.result.getWriteConcernError()) throw error
  return failures
}
