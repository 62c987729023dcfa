import { type ConnectorContext, createApi, HubError } from '../../sdk/index.ts'
import { isConflictText, responses, sentenceOf } from './responses.ts'
import { odooSettings } from './settings.ts'

/**
 * Odoo's JSON-2 API (https://www.odoo.com/documentation/19.0/developer/reference/external_api.html). One call is one
 * database transaction; there is none over several.
 */
export interface Odoo {
  /** Arguments by name; `ids` are the records to act on. Answers with the bare result of the method. */
  call<T>(model: string, method: string, args?: OdooArgs): Promise<T>
  /** Records that match, by `fields`; ids beside them always. Relations come as bare ids (`load: null`). */
  searchRead<Row>(model: string, query: OdooQuery): Promise<Row[]>
  /**
   * Creates or updates by external id, all rows or none; the ids of the records in the order of their first rows.
   * Rows of one record's lines follow it with empty cells.
   */
  load(model: string, table: LoadTable): Promise<number[]>
}

export type OdooArgs = Record<string, unknown> & {
  ids?: readonly number[]
  context?: Record<string, unknown>
}

export interface OdooQuery {
  domain: readonly unknown[]
  fields: readonly string[]
  limit?: number
  offset?: number
  order?: string
  context?: Record<string, unknown>
}

/** `/.id` after a relation is a database id, `/id` an external one. Cells are text; an empty one clears the field. */
export interface LoadTable {
  fields: readonly string[]
  rows: readonly (readonly string[])[]
  context?: Record<string, unknown>
}

interface Loaded {
  ids: number[] | false
  messages: { type?: string; message?: string; field?: string; record?: number }[]
}

/** Methods that change nothing: repeated on faults. */
const READS =
  /^(search|search_read|search_count|read|web_read|fields_get|formatted_read_group|has_access|name_search)$/

export function odooApi(context: ConnectorContext): Odoo {
  const { connection } = context
  const { baseUrl, db, timeoutMs } = odooSettings(connection)
  const keys = connection.secrets['apiKey'] ?? []
  const api = createApi(
    { ...context, token: refused => Promise.resolve(keyAfter(keys, refused)) },
    {
      baseUrl: `${baseUrl.replace(/\/+$/, '')}/json/2`,
      headers: key => ({ authorization: `bearer ${key}`, ...(db ? { 'x-odoo-database': db } : {}) }),
      responses,
    },
  )

  async function call<T>(model: string, method: string, args: OdooArgs = {}): Promise<T> {
    const { body } = await api.call<T>({
      method: 'POST',
      path: `/${model}/${method}`,
      body: args,
      safeToRepeat: READS.test(method),
      timeoutMs,
    })
    // A method without a result answers null.
    if (body !== undefined) return body
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: `${model}/${method}: the answer is empty.` })
  }

  return {
    call,
    async searchRead<Row>(model: string, query: OdooQuery) {
      const rows = await call<unknown>(model, 'search_read', { load: null, ...query })
      if (Array.isArray(rows)) return rows as Row[]
      throw new HubError('PARTNER_ANSWER_INVALID', { detail: `${model}/search_read: the answer is no list.` })
    },
    async load(model, { fields, rows, context: within }) {
      const body = { fields, data: rows, ...(within ? { context: within } : {}) }
      const answer = await call<Loaded | undefined>(model, 'load', body)
      if (Array.isArray(answer?.ids)) return answer.ids
      throw refusedLoad(model, answer)
    },
  }
}

/** The newest key; where Odoo takes it no longer, the one before: a rotation leaves both alive for a while. */
function keyAfter(keys: readonly string[], refused: string | undefined): string {
  const key = refused === undefined ? keys[0] : keys[keys.indexOf(refused) + 1]
  if (key) return key
  throw new HubError('UNAUTHORIZED', { detail: 'No API key is left that Odoo takes.' })
}

/** `load` answers 200 to a refusal as well: nothing was written then. */
function refusedLoad(model: string, answer: Loaded | undefined): HubError {
  const [first] = answer?.messages?.filter(({ type }) => type === 'error') ?? []
  const said = first?.message ?? ''
  if (!answer || !first)
    return new HubError('PARTNER_ANSWER_INVALID', { detail: `${model}/load: neither ids nor a reason.` })
  const detail = `${model}: ${sentenceOf(said)}`
  // An AccessError, which `load` gives as text alone.
  if (/^You are not allowed to/.test(said)) return new HubError('PARTNER_FORBIDDEN', { detail, status: 200 })
  if (isConflictText(said)) return new HubError('PARTNER_CONFLICT', { detail, status: 200 })
  return new HubError('PARTNER_REFUSED', {
    detail,
    status: 200,
    fingerprint: `${model} ${first.field ?? ''}`,
  })
}
