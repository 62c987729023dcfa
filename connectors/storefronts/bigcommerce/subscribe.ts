import { type ConnectorContext, keepSubscriptions, leadsTo } from '../../sdk/index.ts'
import { bigcommerceApi, every, fetchV3 } from './api.ts'
import { WEBHOOK_TOPICS } from './topics.ts'

/** As the store shows it; it shows those of the asking app only. */
interface Hook {
  id: number
  scope: string
  destination: string
  is_active: boolean
}

/**
 * One hook a scope. Those that were switched off after failures are made active again; one with our path on another host is
 * ours from before a move.
 */
export function subscribe(callbackUrl: string, context: ConnectorContext) {
  const api = bigcommerceApi(context)
  const write = (path: string, method: 'POST' | 'PUT', scope: string) =>
    api.call({
      method,
      path,
      body: { scope, destination: callbackUrl, is_active: true, events_history_enabled: true },
    })
  return keepSubscriptions<Hook>({
    topics: Object.keys(WEBHOOK_TOPICS),
    list: () => every(page => fetchV3<Hook>(api, { path: '/v3/hooks' }, page), context.signal),
    topicOf: ({ scope }) => scope,
    isOurs: ({ destination }) => leadsTo(callbackUrl, destination),
    isWhole: ({ is_active: active, destination }) => active && destination === callbackUrl,
    create: scope => write('/v3/hooks', 'POST', scope),
    repair: ({ id }, scope) => write(`/v3/hooks/${id}`, 'PUT', scope),
    remove: ({ id }) => api.call({ method: 'DELETE', path: `/v3/hooks/${id}` }),
  })
}
