import {
  type Api,
  type ConnectorContext,
  type PolledPage,
  pollChangedSince,
  zonedInstant,
  zonedText,
} from '../../../sdk/index.ts'
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
/** Longer than the hour that a zone has twice in autumn. */
const OVERLAP_MS = 65 * 60_000

/** Documents by `modified`, oldest change first. The site writes times in its own zone; ours are instants. */
export function pollChanged<Row extends ChangedRow>(
  { api, cursor, context }: PollOf,
  { topic, doctype, fields, filters = [], complete = async rows => [...rows] }: PollChanged<Row>,
): AsyncIterable<PolledPage> {
  const { pollFrom, timeZone } = erpnextSettings(context.connection)
  const changedAt = ({ modified }: Row): number => zonedInstant(timeZone, modified)
  return pollChangedSince<Row>({
    ...{ topic, cursor, context, overlapMs: OVERLAP_MS },
    from: pollFrom ? Date.parse(pollFrom) : null,
    pages: 'shifting',
    async fetchPage({ since, page }) {
      const start = Number(page ?? 0)
      const after = since === null ? [] : [['modified', '>=', zonedText(timeZone, since)] as const]
      const rows = await listDocs<Row>(api, doctype, {
        ...{ filters: [...filters, ...after], fields: ['name', 'modified', ...fields] },
        ...{ orderBy: 'modified asc, name asc', start, limit: SIZE },
      })
      return { items: await complete(rows), next: rows.length === SIZE ? String(start + SIZE) : null }
    },
    idOf: ({ name }) => name,
    changedAt,
    bodyOf: row => ({ ...row, modified: new Date(changedAt(row)).toISOString() }),
  })
}
