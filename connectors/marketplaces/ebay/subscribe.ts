import { type ConnectorContext, keepSubscriptions } from '../../sdk/index.ts'
import { merchantApi } from './api.ts'
import { everyOf, keepDestination, NOTIFICATION } from './notifications/destination.ts'
import { ebaySettings } from './settings.ts'

interface Subscription {
  subscriptionId: string
  topicId: string
  destinationId?: string
  status?: string
}

const PAYLOAD = { format: 'JSON', schemaVersion: '1.0', deliveryProtocol: 'HTTPS' }

/**
 * The address belongs to the app, the subscriptions to the merchant. Account deletions are not subscribed to here: their
 * address is given in the developer portal, once for the app.
 */
export async function subscribe(callbackUrl: string, context: ConnectorContext) {
  const destination = await keepDestination(callbackUrl, context)
  const api = merchantApi(context)
  const path = `${NOTIFICATION}/subscription`
  const at = ({ subscriptionId }: Subscription) => `${path}/${encodeURIComponent(subscriptionId)}`
  const topics = ebaySettings(context.connection).notifications
  const result = await keepSubscriptions<Subscription>({
    topics,
    list: () => everyOf<Subscription>(api, { path, name: 'subscriptions', signal: context.signal }),
    topicOf: ({ topicId }) => topicId,
    isOurs: ({ destinationId }) => destinationId === destination.id,
    isWhole: ({ status }) => status === 'ENABLED',
    create: topicId =>
      api.call({
        method: 'POST',
        path,
        body: { topicId, status: 'ENABLED', payload: PAYLOAD, destinationId: destination.id },
      }),
    repair: one => api.call({ method: 'POST', path: `${at(one)}/enable` }),
    remove: one => api.call({ method: 'DELETE', path: at(one) }),
  })
  // A destination that was down took all its subscriptions with it.
  if (!destination.repaired) return result
  return { ...result, present: [], repaired: [...result.present, ...result.repaired] }
}
