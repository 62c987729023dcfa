import { type Api, type ConnectorContext, createApi, HubError } from '../../sdk/index.ts'
import { responses } from './responses.ts'
import { erpnextSettings } from './settings.ts'

/** Frappe's REST API; paths begin with `resource` or `method`. */
export function erpnextApi(context: ConnectorContext): Api {
  const { settings, secrets } = context.connection
  const [key = '', secret = ''] = [secrets['apiKey']?.[0], secrets['apiSecret']?.[0]]
  return createApi(context, {
    baseUrl: `${erpnextSettings({ settings }).baseUrl.replace(/\/+$/, '')}/api`,
    token: false,
    headers: () => ({ authorization: `token ${key}:${secret}` }),
    responses,
  })
}

/** A document of any type; `docstatus` 0 is a draft, 1 submitted, 2 cancelled. */
export interface Doc {
  name: string
  docstatus: 0 | 1 | 2
  modified?: string
  [field: string]: unknown
}

export type Filter = readonly [field: string, operator: string, value: unknown] | readonly unknown[]

export interface List {
  filters?: readonly Filter[]
  fields?: readonly string[]
  orderBy?: string
  start?: number
  limit?: number
  /** Type that owns the rows, where a child table is listed. */
  parent?: string
}

const pathOf = (doctype: string, name?: string): string =>
  `resource/${[doctype, ...(name === undefined ? [] : [name])].map(encodeURIComponent).join('/')}`

export async function listDocs<Row>(api: Api, doctype: string, list: List): Promise<Row[]> {
  const { filters = [], fields = ['name'], orderBy, start, limit = 20, parent } = list
  const { body } = await api.call<{ data?: unknown } | undefined>({
    path: pathOf(doctype),
    query: {
      ...{ filters: JSON.stringify(filters), fields: JSON.stringify(fields), order_by: orderBy, parent },
      ...{ limit_start: start, limit_page_length: limit },
    },
  })
  if (Array.isArray(body?.data)) return body.data as Row[]
  throw new HubError('PARTNER_ANSWER_INVALID', { detail: `${doctype}: the answer is no list.` })
}

/** Null where the site itself says that there is none. */
export async function readDoc(api: Api, doctype: string, name: string): Promise<Doc | null> {
  try {
    return docIn((await api.call({ path: pathOf(doctype, name) })).body)
  } catch (thrown) {
    if (thrown instanceof HubError && thrown.fingerprint === 'DoesNotExistError') return null
    throw thrown
  }
}

/** Resolves with the document as it was saved: named, and summed up. */
export const insertDoc = async (api: Api, doctype: string, body: object): Promise<Doc> =>
  docIn((await api.call({ method: 'POST', path: pathOf(doctype), body })).body)

/** Members that are lists take the place of what is there. With `modified`: only if nobody saved it since. */
export const updateDoc = async (
  api: Api,
  { doctype, name }: { doctype: string; name: string },
  body: object,
): Promise<Doc> => docIn((await api.call({ method: 'PUT', path: pathOf(doctype, name), body })).body)

export async function removeDoc(api: Api, doctype: string, name: string): Promise<void> {
  await api.call({ method: 'DELETE', path: pathOf(doctype, name) })
}

function docIn(body: unknown): Doc {
  const { data } = Object(body) as { data?: Partial<Doc> }
  if (typeof data?.name === 'string') return { docstatus: 0, ...data } as Doc
  throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The answer holds no document.' })
}
