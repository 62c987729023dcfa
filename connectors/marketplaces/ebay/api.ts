import { type Api, type ConnectorContext, createApi, HubError } from '../../sdk/index.ts'
import { appToken } from './app-token.ts'
import { responses } from './responses.ts'
import { ebaySettings } from './settings.ts'

/** eBay's REST APIs as the merchant; paths are whole, `/sell/…` and `/commerce/…`. */
export const merchantApi = (context: ConnectorContext): Api =>
  createApi(context, { baseUrl: ebaySettings(context.connection).apiBaseUrl, responses })

/** The same as the app. */
export const appApi = (context: ConnectorContext): Api =>
  merchantApi({ ...context, token: refused => appToken(context, refused) })

/** eBay leaves out lists that are empty, never the object around them. */
export function listIn<Item>(body: unknown, name: string): Item[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: `The answer is no page of ${name}.` })
  const list = (body as Record<string, unknown>)[name] ?? []
  if (Array.isArray(list)) return list as Item[]
  throw new HubError('PARTNER_ANSWER_INVALID', { detail: `\`${name}\` of the answer is no list.` })
}

/** Ids of what was created stand at the end of `Location` alone. */
export function createdId({ location }: Readonly<Record<string, string>>): string {
  const id = location?.split(/[?#]/)[0]?.replace(/\/+$/, '').split('/').at(-1)
  if (id) return decodeURIComponent(id)
  throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The answer does not say what it created.' })
}
