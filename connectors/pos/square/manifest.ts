import { changedCursorAt, type Manifest, pricePerCall } from '../../sdk/index.ts'
import { auth } from './auth.ts'
import { settingsSchema } from './settings.ts'
import { POLLED_COUNT, POLLED_ITEM, POLLED_ORDER, POLLED_REFUND, WEBHOOK_TOPICS } from './topics.ts'

/** The one place that names the version: header `Square-Version` and that of the webhook subscription. */
export const API_VERSION = '2026-09-16'

export const manifest: Manifest = {
  id: 'square',
  name: 'Square',
  kind: 'pos',
  api: { version: API_VERSION, docs: 'https://developer.squareup.com/reference/square' },
  settings: settingsSchema,
  secrets: {
    accessToken: {
      description: 'Personal access token of the app, where the merchant does not connect through OAuth.',
      required: false,
      rotatable: true,
    },
    webhookSecret: {
      description:
        'Signature key of the webhook subscription. The hub reads it itself where it has applicationToken.',
      required: false,
      rotatable: true,
    },
    applicationToken: {
      description:
        'Personal access token of the app, with which the hub keeps its webhook subscription: tokens of merchants may not.',
      required: false,
      rotatable: true,
    },
  },
  topics: WEBHOOK_TOPICS,
  polls: {
    order: { everySeconds: 600, topic: POLLED_ORDER, cursorAt: changedCursorAt },
    return: { everySeconds: 1_800, topic: POLLED_REFUND, cursorAt: changedCursorAt },
    inventory: { everySeconds: 1_800, topic: POLLED_COUNT, cursorAt: changedCursorAt },
    product: { everySeconds: 3_600, topic: POLLED_ITEM, cursorAt: changedCursorAt },
  },
  pushes: { inventory: 'state', shipment: 'state' },
  auth,
  limits: {
    // Square publishes no figures and answers 429 without headers: slow enough that it rarely has to.
    buckets: { calls: { capacity: 30, refillPerSecond: 10 } },
    price: pricePerCall('calls'),
  },
  subscriptions: { everySeconds: 21_600, needs: 'applicationToken' },
}
