import { type ConnectorContext, epochMs, keepSubscriptions, leadsTo } from '../../sdk/index.ts'
import { every, openCompany } from './api.ts'
import { API_VERSION } from './manifest.ts'
import { quoted } from './odata.ts'
import { bcSettings } from './settings.ts'
import { WEBHOOK_TOPICS } from './topics.ts'

interface Subscription {
  '@odata.etag'?: string
  subscriptionId: string
  notificationUrl: string
  resource: string
  expirationDateTime?: string
}

/** Of the three days that one lives. */
const RENEW_BEFORE_MS = 2 * 86_400_000

/**
 * One subscription an entity set. They end after three days, so a whole one is one that lasts; renewing also brings the
 * newest secret. Business Central calls back within each of these calls.
 */
export async function subscribe(callbackUrl: string, context: ConnectorContext) {
  const company = openCompany(context)
  const { companyId } = bcSettings(context.connection)
  const base = `/api/${API_VERSION}/companies(${companyId})/`
  const path = company.rootPath('subscriptions')
  const bodyFor = (topic: string) => ({
    notificationUrl: callbackUrl,
    resource: `${base}${topic}`,
    clientState: context.connection.secrets['webhookSecret']?.[0] ?? '',
  })
  const at = ({ subscriptionId }: Subscription) => `${path}(${encodeURIComponent(quoted(subscriptionId))})`
  const match = (one: Subscription) => ({ 'if-match': one['@odata.etag'] ?? '*' })
  return keepSubscriptions<Subscription>({
    topics: Object.keys(WEBHOOK_TOPICS),
    list: () => every(company, company.rootPath('subscriptions')),
    topicOf: ({ resource }) => topicOf(resource, base),
    isOurs: ({ notificationUrl, resource }) =>
      leadsTo(callbackUrl, notificationUrl) && topicOf(resource, base) !== undefined,
    isWhole: ({ notificationUrl, expirationDateTime }) =>
      notificationUrl === callbackUrl && (epochMs(expirationDateTime) ?? 0) - context.now() > RENEW_BEFORE_MS,
    create: topic => company.api.call({ method: 'POST', path, body: bodyFor(topic) }),
    repair: (one, topic) =>
      company.api.call({ method: 'PATCH', path: at(one), headers: match(one), body: bodyFor(topic) }),
    remove: one => company.api.call({ method: 'DELETE', path: at(one), headers: match(one) }),
  })
}

/** Business Central gives the resource back with or without its first slash. */
function topicOf(resource: string, base: string): string | undefined {
  const path = `/${resource.replace(/^\/+/, '')}`
  return path.toLowerCase().startsWith(base.toLowerCase()) ? path.slice(base.length) : undefined
}
