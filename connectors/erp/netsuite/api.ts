import { type Api, type ConnectorContext, createApi, HubError, type Query } from '../../sdk/index.ts'
import { API_VERSION } from './manifest.ts'
import { responses } from './responses.ts'
import { addressOf } from './settings.ts'

/** SuiteTalk REST; paths begin with `record` or `query`. */
export const netsuiteApi = (context: ConnectorContext): Api =>
  createApi(context, {
    baseUrl: `${addressOf(context.connection.settings)}/services/rest`,
    responses,
  })

/** A reference to another record. */
export interface Reference {
  id: string
  refName?: string
}

export interface WriteRecord {
  /** `PUT` by external id makes it where there is none; a `POST` transforms or makes. */
  method: 'PUT' | 'PATCH' | 'POST' | 'DELETE'
  /** Record type with what follows it: `salesOrder/eid:…`. */
  path: string
  /** Sublists that take the place of what is there, rather than being added. */
  replace?: string
  body?: unknown
}

export interface Written {
  /** Internal id from the `Location` of the answer; null where it has none. */
  id: string | null
  status: number
}

const recordPath = (path: string): string => `record/${API_VERSION}/${path}`

/** A record with its sublists, or null where NetSuite itself says that there is none. */
export async function readRecord<T>(api: Api, path: string, fields?: string): Promise<T | null> {
  const query: Query = fields === undefined ? { expandSubResources: true } : { fields }
  try {
    const { body } = await api.call<T | undefined>({ path: recordPath(path), query })
    if (typeof body === 'object' && body !== null) return body
  } catch (thrown) {
    if (thrown instanceof HubError && thrown.fingerprint === 'NONEXISTENT_ID') return null
    throw thrown
  }
  throw new HubError('PARTNER_ANSWER_INVALID', { detail: `${path.split('/')[0]}: the answer is empty.` })
}

/** A 2xx that is a page or half an answer is none; `Location` names the record. */
export async function writeRecord(api: Api, { method, path, replace, body }: WriteRecord): Promise<Written> {
  const { headers, status } = await api.call({
    ...{ method, path: recordPath(path), body },
    query: { replace },
  })
  const last = headers['location']?.split(/[?#]/)[0]?.split('/').at(-1) ?? ''
  return { id: /^\d+$/.test(last) ? last : null, status }
}

export interface Rows<Row> {
  items: Row[]
  hasMore: boolean
}

/** One page of a query. Values come as text, columns without a value are left out. */
export async function suiteql<Row>(
  api: Api,
  q: string,
  { limit = 1_000, offset = 0 }: { limit?: number; offset?: number } = {},
): Promise<Rows<Row>> {
  const { body } = await api.call<Partial<Rows<Row>> | undefined>({
    ...{ method: 'POST', path: `query/${API_VERSION}/suiteql`, query: { limit, offset } },
    headers: { prefer: 'transient' },
    body: { q },
    safeToRepeat: true,
  })
  if (!Array.isArray(body?.items))
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The answer to a query is no list.' })
  return { items: body.items, hasMore: body.hasMore === true }
}

/** A text as SuiteQL writes it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
