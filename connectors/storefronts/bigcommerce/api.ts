import {
  type Api,
  type ApiCall,
  type ConnectorContext,
  createApi,
  type FetchedPage,
  HubError,
  nextByPage,
  pagesOf,
} from '../../sdk/index.ts'
import { responses, withRetryAfter } from './responses.ts'
import { bigcommerceSettings } from './settings.ts'

/** The most that lists give at once. */
export const PAGE = 250

/** The store's API; paths begin with the version. */
export function bigcommerceApi(context: ConnectorContext): Api {
  const http: ConnectorContext['http'] = {
    request: async request => withRetryAfter(await context.http.request(request), context.now()),
  }
  return createApi(
    { ...context, http },
    {
      baseUrl: bigcommerceSettings(context.connection).baseUrl,
      headers: token => ({ 'x-auth-token': token }),
      responses,
    },
  )
}

/** One page of a V2 list: a bare array, and 204 where there is nothing. */
export async function fetchV2<Item>(api: Api, call: ApiCall, page = 1): Promise<FetchedPage<Item>> {
  const query = { ...call.query, limit: PAGE, page }
  const { status, body } = await api.call<Item[] | undefined>({ ...call, query })
  if (status === 204) return { items: [], next: null }
  if (!Array.isArray(body)) throw noList(call)
  return { items: body, next: nextByPage({ page, size: PAGE, received: body.length }) }
}

interface Listed<Item> {
  data?: Item[]
  meta?: { pagination?: { current_page?: number; total_pages?: number } }
}

/** One page of a V3 list: an envelope that counts the pages. */
export async function fetchV3<Item>(api: Api, call: ApiCall, page = 1): Promise<FetchedPage<Item>> {
  const query = { ...call.query, limit: PAGE, page }
  const { body } = await api.call<Listed<Item> | undefined>({ ...call, query })
  if (!Array.isArray(body?.data)) throw noList(call)
  const { current_page: current = page, total_pages: total = page } = body.meta?.pagination ?? {}
  if (current !== page)
    throw new HubError('PARTNER_ANSWER_INVALID', {
      detail: `${nameOf(call)}: another page than was asked for.`,
    })
  return { items: body.data, next: current < total ? String(page + 1) : null }
}

/** All pages of a list. */
export async function every<Item>(
  fetchPage: (page: number) => Promise<FetchedPage<Item>>,
  signal?: AbortSignal,
): Promise<Item[]> {
  const all: Item[] = []
  for await (const { items } of pagesOf(after => fetchPage(Number(after ?? 1)), signal ? { signal } : {}))
    all.push(...items)
  return all
}

/** One record of V2, or the `data` of V3. */
export async function fetchOne(api: Api, call: ApiCall): Promise<Record<string, unknown>> {
  const { body } = await api.call<Record<string, unknown> | undefined>(call)
  const record = call.path.startsWith('/v3/') ? body?.['data'] : body
  if (typeof record === 'object' && record !== null && 'id' in record)
    return record as Record<string, unknown>
  throw new HubError('PARTNER_ANSWER_INVALID', { detail: `${nameOf(call)}: the answer is no record.` })
}

const noList = (call: ApiCall): HubError =>
  new HubError('PARTNER_ANSWER_INVALID', { detail: `${nameOf(call)}: the answer is no list.` })

const nameOf = ({ path }: ApiCall): string => path.replace(/\d+/g, '{id}')
