import type { Cursor, CursorOf } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'

/** How far a backfill has come: what its cursor holds. */
export interface BackfillState {
  /** What it was asked for, epoch milliseconds. */
  since: number
  until: number | null
  /** The connector's own cursor. */
  cursor: string
  /** Messages given to the inbox. */
  received: number
  /** Of these, those that it did not have yet. */
  stored: number
  /** Messages that changed at `until` or later. */
  leftOut: number
  finished: boolean
}

/** Beside the poll's own cursor, which a backfill never moves. */
export const backfillOf = (resource: string): CursorOf => `backfill:${resource}` as CursorOf

export const newBackfill = (since: number, until: number | null, cursor: string): BackfillState => ({
  ...{ since, until, cursor },
  ...{ received: 0, stored: 0, leftOut: 0, finished: false },
})

/** The state of the same backfill that was interrupted; undefined where there is none to go on with. */
export function interrupted(stored: Cursor | null, since: number, until: number | null) {
  if (!stored) return undefined
  const state = read(stored.value)
  return !state.finished && state.since === since && state.until === until ? state : undefined
}

function read(text: string): BackfillState {
  try {
    return JSON.parse(text) as BackfillState
  } catch (cause) {
    throw new HubError('UNEXPECTED', { detail: 'The cursor of a backfill cannot be read.', cause })
  }
}
