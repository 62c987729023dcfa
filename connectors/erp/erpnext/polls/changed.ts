import { type Api, type ConnectorContext, type PolledPage, pollZoned } from '../../../sdk/index.ts'
import { type Filter, listDocs } from '../api.ts'
import { erpnextSettings } from '../settings.ts'

export interface PollOf {
  api: Api
  cursor: string | null
  context: ConnectorContext
}

export interface ChangedRow {
  name: string
  modified: string
}

export interface PollChanged<Row extends ChangedRow> {
  topic: string
  doctype: string
  fields: readonly string[]
  filters?: readonly Filter[]
  /** Adds what other lists know. */
  complete?(rows: readonly Row[]): Promise<Row[]>
}

const SIZE = 100

/** Documents by `modified`, oldest change first. The site writes times in its own zone. */
export const pollChanged = <Row extends ChangedRow>(
  { api, cursor, context }: PollOf,
  { topic, doctype, fields, filters = [], complete }: PollChanged<Row>,
): AsyncIterable<PolledPage> =>
  pollZoned<Row, 'modified'>({
    ...{ topic, cursor, context, complete, changed: 'modified', size: SIZE },
    settings: erpnextSettings(context.connection),
    async fetchRows({ after, offset }) {
      const changed: Filter[] = after === null ? [] : [['modified', '>=', after]]
      const rows = await listDocs<Row>(api, doctype, {
        ...{ filters: [...filters, ...changed], fields: ['name', 'modified', ...fields] },
        ...{ orderBy: 'modified asc, name asc', start: offset, limit: SIZE },
      })
      return { rows, hasMore: rows.length === SIZE }
    },
    idOf: ({ name }) => name,
  })
