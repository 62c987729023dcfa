import { asText, receiveBy, SIGNATURE_SCHEMES, valueAt } from '../../sdk/index.ts'
import { squareSettings } from './settings.ts'

/** https://developer.squareup.com/docs/webhooks/step3validate: address and raw body are signed, byte by byte. */
export const receive = receiveBy({
  signature: SIGNATURE_SCHEMES.square,
  topic: { pointer: '/type' },
  dedupeKey: [{ pointer: '/event_id' }],
  eventAt: { pointer: '/created_at' },
  keepHeaders: ['square-environment', 'square-retry-number', 'square-retry-reason'],
  ignoreTopics: ['webhooks.test_notification'],
  // A subscription belongs to the app: it brings the events of all its merchants. A refusal would make Square repeat them.
  ignore({ connection, body }) {
    const { merchantId } = squareSettings(connection)
    const merchant = asText(valueAt(body(), '/merchant_id'))
    return merchantId && merchant && merchant !== merchantId ? 'It is of another merchant.' : null
  },
})
