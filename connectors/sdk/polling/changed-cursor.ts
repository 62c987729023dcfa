import { HubError } from '#core/errors/hub-error.ts'

/** How far a poll by time of change has come, as JSON in the store. All times are epoch milliseconds. */
export interface ChangedCursor {
  /** Everything that changed before this is safe. Null before the first whole run. */
  since: number | null
  /** Inside a run only: what it asks from, */
  from?: number
  /** the partner's continuation, */
  page?: string
  /** and the newest change seen. */
  newest?: number
}

/**
 * A run of `pollChangedSince` that begins at a time (epoch milliseconds): the `cursorAt` of a feed that polls by it. The
 * overlap and the setting for a first poll do not move it.
 */
export const changedCursorAt = (since: number): string =>
  JSON.stringify({ since: null, from: since } satisfies ChangedCursor)

export interface ReadPage {
  /** What the page was asked from. */
  since: number | null
  next: string | null
  /** Newest change of the run so far; -Infinity before any. */
  newest: number
  askedAt: number
  shifting: boolean
}

/** Where to go on after a page. */
export function advance({ since }: ChangedCursor, page: ReadPage): ChangedCursor {
  const newest = Number.isFinite(page.newest) ? page.newest : undefined
  // A partner whose clock is ahead must not push the watermark past changes that are still to come.
  if (page.next === null)
    return newest === undefined
      ? { since }
      : { since: Math.max(since ?? -Infinity, Math.min(newest, page.askedAt)) }
  if (page.shifting && newest !== undefined && newest > (page.since ?? -Infinity))
    return { since, from: newest, newest }
  return { since, from: page.since ?? undefined, page: page.next, newest }
}

export function readChangedCursor(text: string | null): ChangedCursor {
  if (text === null) return { since: null }
  try {
    const cursor = JSON.parse(text) as ChangedCursor | null
    if (typeof cursor?.since === 'number' || cursor?.since === null) return cursor
  } catch (cause) {
    throw foreign(cause)
  }
  throw foreign()
}

const foreign = (cause?: unknown): HubError =>
  new HubError('UNEXPECTED', { detail: 'The stored poll cursor is not one of this connector.', cause })
