import { type Api, type ConnectorContext, type PolledPage, pollZoned } from '../../../sdk/index.ts'
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

/** Records that changed, oldest change first. Times of queries are those of the user's clock. */
export const pollChanged = <Row extends ChangedRow>(
  api: Api,
  { cursor, context }: { cursor: string | null; context: ConnectorContext },
  { topic, select, column, where, size, complete }: PollChanged<Row>,
): AsyncIterable<PolledPage> =>
  pollZoned<Row, 'changed'>({
    ...{ topic, cursor, context, complete, changed: 'changed', size },
    settings: netsuiteSettings(context.connection),
    async fetchRows({ after, offset }) {
      const since = after === null ? '' : ` AND ${column} >= TO_DATE('${after}', '${FORMAT}')`
      const q = `${select} WHERE ${where}${since} ORDER BY ${column}, ${column.split('.')[0]}.id`
      const { items, hasMore } = await suiteql<Row>(api, q, { limit: size, offset })
      return { rows: items, hasMore }
    },
    idOf: ({ id }) => id,
  })

const FORMAT = 'YYYY-MM-DD HH24:MI:SS'

/** A column as text that the hub reads. */
export const asTime = (column: string): string => `TO_CHAR(${column}, '${FORMAT}')`
