import { receiveBy, SIGNATURE_SCHEMES, textAt, type WebhookView } from '../../sdk/index.ts'
import { storeOf } from './settings.ts'

/**
 * Standard Webhooks, signed with the client secret: it proves the app, and all stores of an app share one. So the store
 * that it names has to be this one. https://developer.bigcommerce.com/docs/integrations/webhooks
 */
export const receive = receiveBy({
  signature: SIGNATURE_SCHEMES.bigcommerce,
  topic: { pointer: '/scope' },
  dedupeKey: [{ header: 'webhook-id' }],
  eventAt: { pointer: '/created_at' },
  keepHeaders: ['webhook-id'],
  check: ofAnotherStore,
})

function ofAnotherStore({ connection, body }: Pick<WebhookView, 'connection' | 'body'>): string | null {
  const store = textAt(body(), '/producer')
  if (store === undefined || !/^stores\/[a-z0-9]+$/.test(store) || store === storeOf(connection.settings))
    return null
  return 'The webhook is of another store of the same app.'
}
