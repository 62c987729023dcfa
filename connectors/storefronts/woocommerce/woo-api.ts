import {
  type ApiAnswer,
  type ApiCall,
  type ConnectorContext,
  createApi,
  HubError,
  pagesOf,
  parseJson,
} from '../../sdk/index.ts'
import { API_VERSION } from './manifest.ts'
import { responses } from './responses.ts'
import { keysOf, wooSettings } from './settings.ts'

/** What WooCommerce gives at most on one page. */
export const PAGE_SIZE = 100

export interface WooApi {
  /** `path` after `/wp-json/wc/v3`. */
  call<T>(call: ApiCall): Promise<ApiAnswer<T>>
  /** One page of a list; anything but a list is `PARTNER_ANSWER_INVALID`. */
  page<T>(path: string, query?: ApiCall['query']): Promise<{ items: T[]; pages: number | null }>
  /** The whole list. */
  list<T>(path: string, query?: ApiCall['query']): Promise<T[]>
}

/** The REST API of one shop, with its keys. */
export function wooApi(context: ConnectorContext): WooApi {
  const { apiBaseUrl, keysIn } = wooSettings(context.connection)
  const keys = keysOf(context.connection)
  if (!keys)
    throw new HubError('UNAUTHORIZED', {
      detail: 'The connection has no REST API key: connect the shop again.',
    })
  const { key, secret } = keys
  const api = createApi(context, {
    baseUrl: `${apiBaseUrl}/wp-json/wc/${API_VERSION}`,
    token: false,
    responses,
    headers: (): Record<string, string> =>
      keysIn === 'header'
        ? { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` }
        : {},
  })
  const query = keysIn === 'query' ? { consumer_key: key, consumer_secret: secret } : {}

  const call = async <T>(given: ApiCall) => {
    const answer = await api.call<unknown>({ ...given, query: { ...given.query, ...query }, answer: 'text' })
    return { ...answer, body: jsonOf(answer) as T }
  }
  const page = async <T>(path: string, of: ApiCall['query'] = {}) => {
    const { body, headers } = await call<T[]>({ path, query: { per_page: PAGE_SIZE, ...of } })
    if (!Array.isArray(body))
      throw new HubError('PARTNER_ANSWER_INVALID', { detail: `${path} is not answered by a list.` })
    return { items: body, pages: Number(headers['x-wp-totalpages']) || null }
  }
  return {
    call,
    page,
    async list<T>(path: string, of: ApiCall['query'] = {}) {
      const all: T[] = []
      let before = ''
      const fetchPage = async (after: string | null) => {
        const number = Number(after ?? 1)
        const { items, pages } = await page<T>(path, { ...of, page: number })
        const content = JSON.stringify(items)
        if (number > 1 && content === before)
          throw new HubError('PARTNER_ANSWER_INVALID', { detail: `${path} repeats its page.` })
        before = content
        return { items, next: nextOf({ number, received: items.length, pages }) }
      }
      for await (const { items } of pagesOf(fetchPage, { signal: context.signal })) all.push(...items)
      return all
    },
  }
}

/** `X-WP-TotalPages` decides; proxies that strip it leave the size of the page. */
export function nextOf(at: { number: number; received: number; pages: number | null }): string | null {
  const last = at.pages === null ? at.received < PAGE_SIZE : at.number >= at.pages
  return last ? null : String(at.number + 1)
}

/** What PHP prints when a plugin stumbles and `WP_DEBUG_DISPLAY` is on. */
const PHP_NOTICE = /<b>(?:Notice|Warning|Deprecated|Fatal error|Parse error)<\/b>/

/** Nothing is cut out of an answer that is not whole: what a plugin broke, the merchant has to see. */
function jsonOf({ status, body }: ApiAnswer<unknown>): unknown {
  if (typeof body !== 'string') return body
  try {
    return parseJson(Buffer.from(body))
  } catch (cause) {
    const notice = PHP_NOTICE.test(body)
    throw new HubError('PARTNER_ANSWER_INVALID', {
      detail: notice
        ? `HTTP ${status}: messages of PHP stand beside the JSON; switch WP_DEBUG_DISPLAY off.`
        : `HTTP ${status}: the answer is not JSON.`,
      ...(notice ? { fingerprint: 'php-notice' } : {}),
      status,
      cause,
    })
  }
}
