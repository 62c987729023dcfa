import { HubError } from '../../sdk/index.ts'

/** How far a poll has come, as JSON in the store. */
export interface PollCursor {
  /** Newest `updatedAt` seen; null before the first order. */
  updatedAt: string | null
  /** Only inside a pass: its lower bound, Shopify's continuation and how many orders it has read. */
  pass?: { since: string | null; after: string; read: number }
}

export const START: PollCursor = { updatedAt: null }

export function readCursor(text: string | null): PollCursor {
  if (text === null) return START
  try {
    const { updatedAt = null, pass } = JSON.parse(text) as Partial<PollCursor>
    return pass ? { updatedAt, pass } : { updatedAt }
  } catch (cause) {
    throw new HubError('UNEXPECTED', {
      detail: 'The stored poll cursor is not one of this connector.',
      cause,
    })
  }
}
