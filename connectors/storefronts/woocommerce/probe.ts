import type { ConnectorContext } from '../../sdk/index.ts'
import { wooApi } from './woo-api.ts'

/** The keys open this shop's orders, products and webhooks; reading the latter takes a key of a shop manager. */
export async function probe(context: ConnectorContext): Promise<{ ok: true; detail: string }> {
  const api = wooApi(context)
  for (const path of ['/orders', '/products', '/webhooks'])
    await api.page(path, { per_page: 1, _fields: 'id' })
  return { ok: true, detail: `Connected to ${String(context.connection.settings['shopUrl'])}.` }
}
