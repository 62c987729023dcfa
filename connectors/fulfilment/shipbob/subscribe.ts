import { type Api, type ConnectorContext, keepSubscriptions, leadsTo, pagesOf } from '../../sdk/index.ts'
import { fetchList, shipbobApi } from './api.ts'
import { WEBHOOK_TOPICS } from './topics.ts'

interface Subscription {
  id: number
  topics: string[]
  url: string
  enabled?: boolean
  /** Given once, in the answer to the creation. */
  secret?: string
}

/**
 * One subscription a topic, so that one that ShipBob switched off takes no other with it. Each has a secret of its own:
 * all that were handed over stay live.
 */
export async function subscribe(callbackUrl: string, context: ConnectorContext) {
  const api = shipbobApi(context)
  const handedOver: string[] = []
  const create = async (topic: string): Promise<void> => {
    const body = { topics: [topic], url: callbackUrl, description: 'Crossdock' }
    const answer = await api.call<Subscription>({ method: 'POST', path: '/webhook', body })
    if (answer.body.secret) handedOver.push(answer.body.secret)
  }
  const remove = (one: Subscription) => api.call({ method: 'DELETE', path: `/webhook/${one.id}` })
  const result = await keepSubscriptions<Subscription>({
    topics: Object.keys(WEBHOOK_TOPICS),
    list: () => every(api, context.signal),
    topicOf: one => one.topics[0],
    isOurs: one => leadsTo(callbackUrl, one.url),
    isWhole: one => one.url === callbackUrl && one.topics.length === 1 && one.enabled !== false,
    create,
    repair: async (one, topic) => {
      await create(topic)
      await remove(one)
    },
    remove,
  })
  return handedOver.length > 0 ? { ...result, secrets: { webhookSecret: handedOver } } : result
}

async function every(api: Api, signal: AbortSignal): Promise<Subscription[]> {
  const all: Subscription[] = []
  const fetchPage = (after: string | null) => fetchList<Subscription>(api, { path: after ?? '/webhook' })
  for await (const page of pagesOf(fetchPage, { signal })) all.push(...page.items)
  return all
}
