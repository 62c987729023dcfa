import { type Api, type ConnectorContext, createApi, type FetchedPage, HubError } from '../../sdk/index.ts'
import { API_VERSION } from './manifest.ts'
import { type Options, withOptions } from './odata.ts'
import { responses } from './responses.ts'
import { bcSettings } from './settings.ts'

/** One company of Business Central. */
export interface Company {
  readonly api: Api
  /** Path of an entity set, `salesOrders`, or of one of an extension, `publisher/group/v1.0/entitySet`. */
  path(set: string): string
  /** Of an entity set in no company. */
  rootPath(set: string): string
  /** Below `$batch`, which has the version in front already. */
  inner(path: string): string
}

export function openCompany(context: ConnectorContext): Company {
  const { apiBaseUrl, tenantId, environment, companyId } = bcSettings(context.connection)
  const root = `${apiBaseUrl.replace(/\/+$/, '')}/v2.0/${encodeURIComponent(tenantId)}/${environment}/api`
  const company = `companies(${companyId})`
  return {
    api: createApi(context, { baseUrl: root, responses }),
    path(set) {
      const parts = set.split('/')
      const name = parts.pop()
      return `${parts.join('/') || API_VERSION}/${company}/${name}`
    },
    rootPath: set => `${API_VERSION}/${set}`,
    inner: path => `${company}/${path}`,
  }
}

interface Collection<Item> {
  value?: Item[]
  '@odata.nextLink'?: string
}

/** One page of a list; `path` may be the link to the next. */
export async function fetchPage<Item>(
  { api }: Company,
  path: string,
  pageSize?: number,
): Promise<FetchedPage<Item>> {
  const headers = pageSize ? { prefer: `odata.maxpagesize=${pageSize}` } : undefined
  const { body } = await api.call<Collection<Item> | undefined>({ path, headers })
  if (!Array.isArray(body?.value))
    throw new HubError('PARTNER_ANSWER_INVALID', {
      detail: `${nameOf(path)}: the answer is no list.`,
      fingerprint: 'list',
    })
  return { items: body.value, next: body['@odata.nextLink'] || null }
}

const nameOf = (path: string): string => path.split('?')[0]!.split('/').at(-1) ?? ''

/** All that a narrow filter finds in an entity set of the company. */
export const find = <Item>(company: Company, set: string, options: Options): Promise<Item[]> =>
  every<Item>(company, withOptions(company.path(set), options))

/** All of a short list. */
export async function every<Item>(company: Company, path: string): Promise<Item[]> {
  const found: Item[] = []
  let at: string | null = path
  while (at !== null) {
    const page: FetchedPage<Item> = await fetchPage<Item>(company, at)
    found.push(...page.items)
    at = page.next
    if (found.length > MOST)
      throw new HubError('PARTNER_ANSWER_INVALID', {
        detail: `${nameOf(path)}: a narrow filter finds too much.`,
      })
  }
  return found
}

/** A filter that is ignored would give the whole table. */
const MOST = 5_000
