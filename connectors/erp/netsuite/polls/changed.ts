import {
  type Api,
  type ConnectorContext,
  type PolledPage,
  pollChangedSince,
  zonedInstant,
  zonedText,
} from '../../../sdk/index.ts'
import { suiteql } from '../api.ts'
import { netsuiteSettings } from '../settings.ts'

/** The column in which every query below says when a record changed. */
export interface ChangedRow {
  id: string
  changed: string
}

export interface PollChanged<Row extends ChangedRow> {
  topic: string
  /** The query without its condition of time, and the column that it is about. */
  select: string
  column: string
  where: string
  size: number
  /** Adds what other queries know. */
  complete?(rows: readonly Row[]): Promise<Row[]>
}

/** Longer than the hour that a zone has twice in autumn. */
const OVERLAP_MS = 65 * 60_000

/** Records that changed, oldest change first. Times of queries are those of the user's clock; ours are instants. */
export function pollChanged<Row extends ChangedRow>(
  api: Api,
  { cursor, context }: { cursor: string | null; context: ConnectorContext },
  { topic, select, column, where, size, complete = async rows => [...rows] }: PollChanged<Row>,
): AsyncIterable<PolledPage> {
  const { pollFrom, timeZone } = netsuiteSettings(context.connection)
  const changedAt = ({ changed }: Row): number => zonedInstant(timeZone, changed)
  return pollChangedSince<Row>({
    ...{ topic, cursor, context, overlapMs: OVERLAP_MS },
    from: pollFrom ? Date.parse(pollFrom) : null,
    pages: 'shifting',
    async fetchPage({ since, page }) {
      const after =
        since === null ? '' : ` AND ${column} >= TO_DATE('${zonedText(timeZone, since)}', '${FORMAT}')`
      const offset = Number(page ?? 0)
      const q = `${select} WHERE ${where}${after} ORDER BY ${column}, ${column.split('.')[0]}.id`
      const { items, hasMore } = await suiteql<Row>(api, q, { limit: size, offset })
      return { items: await complete(items), next: hasMore ? String(offset + size) : null }
    },
    idOf: ({ id }) => id,
    changedAt,
    bodyOf: row => ({ ...row, changed: new Date(changedAt(row)).toISOString() }),
  })
}

const FORMAT = 'YYYY-MM-DD HH24:MI:SS'

/** A column as text that `zonedInstant` reads. */
export const asTime = (column: string): string => `TO_CHAR(${column}, '${FORMAT}')`
