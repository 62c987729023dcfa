import { type ConnectorContext, HubError, pagesOf } from '../../sdk/index.ts'
import { type AdminApi, adminApi } from './admin/admin-api.ts'
import { manifest } from './manifest.ts'
import {
  CREATE_SUBSCRIPTION,
  type Saved,
  SUBSCRIPTIONS,
  type SubscriptionNode,
  type SubscriptionsPage,
  UPDATE_SUBSCRIPTION,
} from './operations/webhooks.ts'

/**
 * Makes the shop send every topic of the manifest, whole and as JSON, to the hub. Shopify shows an app only its own
 * subscriptions. One with our path on another host is ours from before a move and is repaired; other addresses are left alone.
 */
export async function subscribe(callbackUrl: string, context: ConnectorContext) {
  const api = await adminApi(context)
  const existing = await allSubscriptions(api, context.signal)
  const result = { present: [] as string[], created: [] as string[], repaired: [] as string[] }
  const refusals: HubError[] = []
  for (const topic of Object.keys(manifest.topics)) {
    const ours = existing.filter(
      other => other.topic === graphqlTopic(topic) && isOurs(other.uri, callbackUrl),
    )
    const known = ours.find(other => other.uri === callbackUrl) ?? ours[0]
    try {
      result[await settle(api, { topic, known, callbackUrl })].push(topic)
    } catch (thrown) {
      // A topic that the app has no scope for does not keep the others from being subscribed.
      if (!(thrown instanceof HubError && thrown.code === 'PARTNER_REFUSED')) throw thrown
      refusals.push(thrown)
    }
  }
  if (refusals.length === 0) return result
  throw new HubError('PARTNER_REFUSED', {
    detail: refusals.map(({ detail }) => detail).join(' · '),
    fingerprint: refusals[0]!.fingerprint,
  })
}

type Settled = 'present' | 'created' | 'repaired'

async function settle(
  api: AdminApi,
  of: { topic: string; known: SubscriptionNode | undefined; callbackUrl: string },
): Promise<Settled> {
  const { topic, known, callbackUrl } = of
  if (known && isWhole(known, callbackUrl)) return 'present'
  const webhookSubscription = { uri: callbackUrl, format: 'JSON', includeFields: [], filter: '' }
  const { saved } = known
    ? await api<Saved>(UPDATE_SUBSCRIPTION, { id: known.id, webhookSubscription })
    : await api<Saved>(CREATE_SUBSCRIPTION, { topic: graphqlTopic(topic), webhookSubscription })
  const [problem] = saved.userErrors
  if (problem)
    throw new HubError('PARTNER_REFUSED', {
      detail: `${topic}: ${problem.message.slice(0, 200)}`,
      fingerprint: topic,
    })
  return known ? 'repaired' : 'created'
}

/** A filter or a list of fields would make payloads thin or leave some out. */
const isWhole = ({ uri, format, filter, includeFields }: SubscriptionNode, callbackUrl: string): boolean =>
  uri === callbackUrl && format === 'JSON' && !filter && includeFields.length === 0

function isOurs(uri: string, callbackUrl: string): boolean {
  const theirs = URL.parse(uri)
  return theirs?.protocol.startsWith('http') === true && theirs.pathname === new URL(callbackUrl).pathname
}

/** `orders/create` in headers is `ORDERS_CREATE` in GraphQL. */
const graphqlTopic = (topic: string): string => topic.replace('/', '_').toUpperCase()

async function allSubscriptions(api: AdminApi, signal: AbortSignal): Promise<SubscriptionNode[]> {
  const all: SubscriptionNode[] = []
  const fetchPage = async (after: string | null) => {
    const { webhookSubscriptions: page } = await api<SubscriptionsPage>(SUBSCRIPTIONS, { after })
    return { items: page.nodes, next: page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null }
  }
  for await (const page of pagesOf(fetchPage, { signal })) all.push(...page.items)
  return all
}
