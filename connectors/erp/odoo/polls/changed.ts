import { type ConnectorContext, epochMs, type PolledPage, pollChangedSince } from '../../../sdk/index.ts'
import { odooSettings } from '../settings.ts'

export interface PollOf {
  cursor: string | null
  context: ConnectorContext
}

/** A record as it is stored: an id of its own, and when it last changed, RFC 3339. */
export interface ChangedRow {
  id: string | number
  changed_at: string
}

/** Which records one page holds. */
export interface Window {
  /** In Odoo's form, both ends included; null: from the beginning. */
  from: string | null
  until: string
  /** Ids behind this one, in their order. */
  after: number
}

interface Page<Row> {
  rows: Row[]
  /** The last id that was looked at; null: there are no more. */
  last: number | null
}

/** `write_date` is when the transaction began: one that takes longer is seen in the next reading, if it is no longer than this. */
const OVERLAP_MS = 120_000

/**
 * Records that changed, in the order of their ids. A run reads what changed up to its beginning: what changes while it reads
 * drops out of it and is the next run's, so that nothing slips between two pages.
 */
export function pollChanged<Row extends ChangedRow>(
  { cursor, context }: PollOf,
  { topic, read }: { topic: string; read(window: Window): Promise<Page<Row>> },
): AsyncIterable<PolledPage> {
  const { pollFrom } = odooSettings(context.connection)
  return pollChangedSince<Row>({
    ...{ topic, cursor, context, overlapMs: OVERLAP_MS },
    from: pollFrom ? Date.parse(pollFrom) : null,
    async fetchPage({ since, page }) {
      const { until, after } = placeOf(page, context)
      const from = since === null ? null : odooTime(since)
      const { rows, last } = await read({ from, until: odooTime(until), after })
      return { items: rows, next: last === null ? null : JSON.stringify([until, last]) }
    },
    idOf: ({ id }) => String(id),
    changedAt: ({ changed_at }) => epochMs(changed_at) ?? Number.NaN,
  })
}

function placeOf(page: string | null, { now }: ConnectorContext): { until: number; after: number } {
  if (page === null) return { until: now(), after: 0 }
  const [until, after] = JSON.parse(page) as [number, number]
  return { until, after }
}

export const odooTime = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')

/** The latest of Odoo's times, as RFC 3339. */
export function latest(...times: readonly (string | false | null | undefined)[]): string {
  const known = times.filter((time): time is string => typeof time === 'string').sort()
  return instantOf(known.at(-1) ?? '1970-01-01 00:00:00')!
}

export const instantOf = (time: string | false | null | undefined): string | null =>
  time ? `${time.slice(0, 19).replace(' ', 'T')}Z` : null

/**
 * Terms for records that changed in the window themselves, or one of those that belong to them (`path`).
 */
export function changedIn({ from, until, after }: Window, path: string): unknown[] {
  const behind = ['id', '>', after]
  if (from === null) return [behind]
  return [
    behind,
    '|',
    ...['&', ['write_date', '>=', from], ['write_date', '<=', until]],
    ...['&', [`${path}.write_date`, '>=', from], [`${path}.write_date`, '<=', until]],
  ]
}
