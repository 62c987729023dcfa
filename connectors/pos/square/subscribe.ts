import { createHash } from 'node:crypto'
import { type Api, type ConnectorContext, HubError, leadsTo, pagesOf } from '../../sdk/index.ts'
import { memberOf, squareApi } from './api.ts'
import { API_VERSION } from './manifest.ts'
import { WEBHOOK_TOPICS } from './topics.ts'

interface Subscription {
  id: string
  enabled?: boolean
  event_types?: string[]
  notification_url?: string
  api_version?: string
  signature_key?: string
}

const TOPICS = Object.keys(WEBHOOK_TOPICS)
const PATH = '/webhooks/subscriptions'

/**
 * One subscription for all topics, because an app may have few; it belongs to the app, so the app's own token is needed.
 * Its signature key is its own, and Square shows it with every answer.
 */
export async function subscribe(callbackUrl: string, context: ConnectorContext) {
  const [token] = context.connection.secrets['applicationToken'] ?? []
  if (!token)
    throw new HubError('UNAUTHORIZED', {
      detail: 'Webhook subscriptions belong to the app: the secret applicationToken is missing.',
    })
  const api = squareApi(context, token)
  const ours = (await every(api, context.signal)).filter(one => leadsTo(callbackUrl, one.notification_url))
  const known = ours.find(one => isWhole(one, callbackUrl)) ?? ours[0]
  const wanted = {
    ...{ name: 'Crossdock', enabled: true, event_types: TOPICS },
    ...{ notification_url: callbackUrl, api_version: API_VERSION },
  }
  if (known && isWhole(known, callbackUrl))
    return { present: [...TOPICS], created: [], repaired: [], ...keyOf(known, context) }
  const saved = known
    ? await save(api, `${PATH}/${encodeURIComponent(known.id)}`, { method: 'PUT', subscription: wanted })
    : await save(api, PATH, {
        method: 'POST',
        subscription: wanted,
        idempotency_key: keyFor(callbackUrl, context.now()),
      })
  const done = known ? { created: [], repaired: [...TOPICS] } : { created: [...TOPICS], repaired: [] }
  return { present: [], ...done, ...keyOf(saved, context) }
}

/** Only where it is news: what is kept sealed stays as it is. */
function keyOf({ signature_key: key }: Subscription, { connection }: ConnectorContext) {
  const isNews = key !== undefined && !connection.secrets['webhookSecret']?.includes(key)
  return isNews ? { secrets: { webhookSecret: [key] } } : {}
}

async function save(
  api: Api,
  path: string,
  { method, ...body }: { method: 'PUT' | 'POST'; subscription: object; idempotency_key?: string },
): Promise<Subscription> {
  const answer = await api.call<{ subscription?: Subscription }>({ method, path, body })
  return memberOf(answer.body, 'subscription')
}

async function every(api: Api, signal: AbortSignal): Promise<Subscription[]> {
  const all: Subscription[] = []
  const fetchPage = async (after: string | null) => {
    const query = { include_disabled: true, cursor: after ?? undefined }
    const { body } = await api.call<{ subscriptions?: Subscription[]; cursor?: string }>({
      path: PATH,
      query,
    })
    return { items: body.subscriptions ?? [], next: body.cursor || null }
  }
  for await (const page of pagesOf(fetchPage, { signal })) all.push(...page.items)
  return all
}

const isWhole = (one: Subscription, callbackUrl: string): boolean =>
  one.enabled !== false &&
  one.notification_url === callbackUrl &&
  one.api_version === API_VERSION &&
  TOPICS.every(topic => one.event_types?.includes(topic))

/** New with every try: what was deleted since must be made again, not remembered. */
const keyFor = (url: string, now: number): string =>
  createHash('sha256').update(`${url}|${now}`).digest('base64url')
