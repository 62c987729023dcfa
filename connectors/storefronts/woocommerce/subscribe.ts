import { type ConnectorContext, keepSubscriptions, leadsTo } from '../../sdk/index.ts'
import { webhookSecretsOf } from './receive.ts'
import { TOPICS } from './topics.ts'
import { wooApi } from './woo-api.ts'

/** As the shop shows it; the secret is never shown. */
interface Webhook {
  id: number
  status: string
  topic: string
  delivery_url: string
}

/**
 * Makes the shop send every topic to the hub. A webhook that was disabled after failures is made active again; one with our
 * path on another host is ours from before a move.
 */
export function subscribe(callbackUrl: string, context: ConnectorContext) {
  const api = wooApi(context)
  const [secret = ''] = webhookSecretsOf(context.connection)
  const write = (path: string, method: 'POST' | 'PUT', topic: string) =>
    api.call({
      method,
      path,
      body: { name: `Crossdock ${topic}`, topic, delivery_url: callbackUrl, secret, status: 'active' },
    })
  return keepSubscriptions<Webhook>({
    topics: Object.keys(TOPICS),
    list: () => api.list<Webhook>('/webhooks', { status: 'all' }),
    topicOf: ({ topic }) => topic,
    isOurs: ({ delivery_url: url }) => leadsTo(callbackUrl, url),
    isWhole: ({ status, delivery_url: url }) => status === 'active' && url === callbackUrl,
    create: topic => write('/webhooks', 'POST', topic),
    repair: ({ id }, topic) => write(`/webhooks/${id}`, 'PUT', topic),
    remove: ({ id }) => api.call({ method: 'DELETE', path: `/webhooks/${id}`, query: { force: true } }),
  })
}
