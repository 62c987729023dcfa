import type { ConnectorContext } from '../../sdk/index.ts'
import { bigcommerceApi, fetchOne, fetchV2 } from './api.ts'

/** The token opens this store and its orders. */
export async function probe(context: ConnectorContext): Promise<{ ok: true; detail: string }> {
  const api = bigcommerceApi(context)
  const store = await fetchOne(api, { path: '/v2/store' })
  await fetchV2(api, { path: '/v2/order_statuses' })
  return { ok: true, detail: `Connected to ${String(store['domain'] ?? store['id'])}.` }
}
