import { type Api, type ConnectorContext, createApi } from '../../sdk/index.ts'
import { API_VERSION } from './manifest.ts'
import { responses } from './responses.ts'
import { easypostSettings } from './settings.ts'

/** EasyPost's API: the key is the user of HTTP Basic, without a password. */
export function easypostApi(context: ConnectorContext): Api {
  const { apiBaseUrl } = easypostSettings(context.connection)
  return createApi(context, {
    baseUrl: `${apiBaseUrl.replace(/\/+$/, '')}/${API_VERSION}`,
    headers: key => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` }),
    responses,
  })
}

/** What the connector itself reads of a tracker; the rest is for the mapping. */
export interface Tracker {
  id: string
  tracking_code: string
}
