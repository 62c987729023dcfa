import type { PolledPage } from '#core/contracts/connector.ts'
import { zonedInstant, zonedText } from '../zoned-time.ts'
import { type PollChangedSince, pollChangedSince } from './poll-changed-since.ts'

export interface PollZoned<Row, Column extends string>
  extends Pick<PollChangedSince<Row>, 'topic' | 'cursor' | 'context' | 'idOf'> {
  /** Of the partner's clock, and when the first poll begins (RFC 3339): settings of the connection. */
  settings: { timeZone: string; pollFrom?: string }
  /** Where a row says when it changed. */
  changed: Column
  /** Rows of a page. */
  size: number
  /** Rows that changed at `after` (in the partner's time) or later, oldest change first, from this one on. */
  fetchRows(at: { after: string | null; offset: number }): Promise<{ rows: Row[]; hasMore: boolean }>
  /** Adds what other lists know. */
  complete?(rows: readonly Row[]): Promise<Row[]>
}

/** Longer than the hour that a zone has twice in autumn. */
const OVERLAP_MS = 65 * 60_000

/**
 * `pollChangedSince` for lists with offsets at a partner that writes times without saying of which zone. What is stored
 * says when the record changed as an instant.
 */
export function pollZoned<Row extends Readonly<Record<Column, string>>, Column extends string>(
  poll: PollZoned<Row, Column>,
): AsyncIterable<PolledPage> {
  const { topic, cursor, context, changed, size, idOf } = poll
  const { timeZone, pollFrom } = poll.settings
  const changedAt = (row: Row): number => zonedInstant(timeZone, row[changed])
  return pollChangedSince<Row>({
    ...{ topic, cursor, context, idOf, changedAt, overlapMs: OVERLAP_MS },
    from: pollFrom ? Date.parse(pollFrom) : null,
    pages: 'shifting',
    async fetchPage({ since, page }) {
      const offset = Number(page ?? 0)
      const after = since === null ? null : zonedText(timeZone, since)
      const { rows, hasMore } = await poll.fetchRows({ after, offset })
      const items = (await poll.complete?.(rows)) ?? rows
      return { items, next: hasMore ? String(offset + size) : null }
    },
    bodyOf: row => ({ ...row, [changed]: new Date(changedAt(row)).toISOString() }),
  })
}
