import { bucketHeaders, changedCursorAt, type Manifest, pricePerCall } from '../../sdk/index.ts'
import { settingsSchema } from './settings.ts'
import { POLLED_ORDER, POLLED_RETURN, POLLED_STOCK, WEBHOOK_TOPICS } from './topics.ts'

/** The one place that names the version: the first part of every path. */
export const API_VERSION = '2026-07'

export const manifest: Manifest = {
  id: 'shipbob',
  name: 'ShipBob',
  kind: 'fulfilment',
  api: { version: API_VERSION, docs: 'https://developer.shipbob.com/2026-07/webhooks' },
  settings: settingsSchema,
  secrets: {
    accessToken: {
      description:
        'Personal access token with the scopes of orders, fulfillments, returns, inventory, webhooks.',
      required: true,
      rotatable: true,
    },
    webhookSecret: {
      description: 'Signs the webhooks (whsec_…). ShipBob hands it over when the hub subscribes.',
      required: false,
      rotatable: true,
    },
  },
  topics: WEBHOOK_TOPICS,
  polls: {
    shipment: { everySeconds: 900, topic: POLLED_ORDER, cursorAt: changedCursorAt },
    return: { everySeconds: 3_600, topic: POLLED_RETURN },
    inventory: { everySeconds: 1_800, topic: POLLED_STOCK },
  },
  pushes: { order: 'state' },
  limits: {
    // 150 calls in any minute, for a user and app together.
    buckets: { calls: { capacity: 150, refillPerSecond: 2.5 } },
    price: pricePerCall('calls'),
    // A sliding window: what is left now is all that is told.
    read: bucketHeaders({ remaining: 'x-remaining-calls' }),
  },
  subscriptions: { everySeconds: 21_600 },
}
