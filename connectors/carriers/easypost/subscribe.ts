import { type ConnectorContext, HubError, keepSubscriptions, leadsTo } from '../../sdk/index.ts'
import { easypostApi } from './api.ts'

interface Webhook {
  id: string
  url: string
  /** Set by EasyPost after too many failures. */
  disabled_at?: string | null
}

/** EasyPost has no topics: a webhook gets every event of its mode. */
const ALL_EVENTS = 'events'

export async function subscribe(callbackUrl: string, context: ConnectorContext) {
  const api = easypostApi(context)
  const secret = context.connection.secrets['webhookSecret']?.[0]
  if (!secret)
    throw new HubError('UNAUTHORIZED', { detail: 'Set the secret webhookSecret: it signs the webhooks.' })
  const create = () =>
    api.call({
      method: 'POST',
      path: '/webhooks',
      body: { webhook: { url: callbackUrl, webhook_secret: secret } },
    })
  const remove = ({ id }: Webhook) => api.call({ method: 'DELETE', path: pathOf(id) })
  return keepSubscriptions<Webhook>({
    topics: [ALL_EVENTS],
    async list() {
      const { body } = await api.call<{ webhooks?: Webhook[] } | undefined>({ path: '/webhooks' })
      if (!Array.isArray(body?.webhooks))
        throw new HubError('PARTNER_ANSWER_INVALID', { detail: '/webhooks: the answer is no list.' })
      return body.webhooks
    },
    topicOf: () => ALL_EVENTS,
    isOurs: ({ url }) => leadsTo(callbackUrl, url),
    isWhole: ({ url, disabled_at: disabledAt }) => url === callbackUrl && !disabledAt,
    create,
    async repair(webhook) {
      if (webhook.url === callbackUrl)
        // An update enables it again. Other than at its making, the members stand alone.
        return api.call({ method: 'PATCH', path: pathOf(webhook.id), body: { webhook_secret: secret } })
      await create()
      return remove(webhook)
    },
    remove,
  })
}

const pathOf = (id: string): string => `/webhooks/${encodeURIComponent(id)}`
