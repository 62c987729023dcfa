import {
  type Api,
  type ConnectorContext,
  createApi,
  type FetchedPage,
  HubError,
  type Query,
} from '../../sdk/index.ts'
import { API_VERSION } from './manifest.ts'
import { responses, withRetryAfter } from './responses.ts'
import { shipbobSettings } from './settings.ts'

/** ShipBob's API; paths are those of the documentation without the version. */
export function shipbobApi(context: ConnectorContext): Api {
  const { apiBaseUrl, channelId } = shipbobSettings(context.connection)
  const http: ConnectorContext['http'] = {
    request: async request => withRetryAfter(await context.http.request(request), context.now()),
  }
  return createApi(
    { ...context, http },
    {
      baseUrl: `${apiBaseUrl.replace(/\/+$/, '')}/${API_VERSION}`,
      headers: token => ({ authorization: `Bearer ${token}`, shipbob_channel_id: String(channelId) }),
      responses,
    },
  )
}

/** A list as every endpoint gives it: `next` is an address or absent. Some versions answer with the items alone. */
export type Listed<Item> = Item[] | { items?: Item[]; next?: string | null }

export async function fetchList<Item>(
  api: Api,
  call: { path: string; query?: Query },
): Promise<FetchedPage<Item>> {
  const { body } = await api.call<Listed<Item> | undefined>(call)
  if (Array.isArray(body)) return { items: body, next: null }
  if (!Array.isArray(body?.items))
    throw new HubError('PARTNER_ANSWER_INVALID', {
      detail: `${call.path.split('?')[0]}: the answer is no list.`,
    })
  return { items: body.items, next: body.next || null }
}
