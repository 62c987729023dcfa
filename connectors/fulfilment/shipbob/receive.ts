import { receiveBy, SIGNATURE_SCHEMES } from '../../sdk/index.ts'

/**
 * https://developer.shipbob.com/2026-07/webhooks: Standard Webhooks, with the topic in a header of its own. The unsigned
 * format of the first two API versions is refused.
 */
export const receive = receiveBy({
  signature: SIGNATURE_SCHEMES.shipbob,
  topic: { header: 'x-webhook-topic' },
  dedupeKey: [{ header: 'webhook-id' }],
  eventAt: { header: 'webhook-timestamp' },
  keepHeaders: ['webhook-id', 'x-webhook-topic'],
})
