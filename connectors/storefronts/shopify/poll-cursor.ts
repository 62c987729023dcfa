import { formatInstant, HubError } from '../../sdk/index.ts'

/** How far a poll of orders has come, as JSON in the store. */
export interface PollCursor {
  /** Everything that changed before this is safe; null before the first order. */
  updatedAt: string | null
  /** Of a poll that begins at a time: that one, whatever the settings say. */
  from?: string
  /** Only inside a pass: its lower bound, Shopify's continuation and how many orders it has read. */
  pass?: { since: string | null; after: string; read: number }
  /** Only while a bulk operation is waited for and read. */
  bulk?: BulkPlace
  /** A bulk operation failed: this pass goes by pages. */
  paged?: true
}

export interface BulkPlace {
  id: string
  /** Where the next order begins in its file, in bytes. */
  at: number
}

export const START: PollCursor = { updatedAt: null }

/** A poll that begins with what changed then. */
export const orderCursorAt = (since: number): string =>
  JSON.stringify({ updatedAt: null, from: formatInstant(since) } satisfies PollCursor)

export function readCursor(text: string | null): PollCursor {
  if (text === null) return START
  try {
    const { updatedAt = null, ...rest } = JSON.parse(text) as Partial<PollCursor>
    return { updatedAt, ...rest }
  } catch (cause) {
    throw new HubError('UNEXPECTED', {
      detail: 'The stored poll cursor is not one of this connector.',
      cause,
    })
  }
}
