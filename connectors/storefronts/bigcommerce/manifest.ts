import { bucketHeaders, changedCursorAt, type Manifest, pricePerCall } from '../../sdk/index.ts'
import { auth } from './auth.ts'
import { settingsSchema, storeOf } from './settings.ts'
import {
  REST_ORDER,
  REST_PRODUCT,
  REST_REFUND,
  REST_SHIPMENTS,
  REST_STOCK,
  WEBHOOK_TOPICS,
} from './topics.ts'

/** Orders and shipments are V2, all else V3; the store's address has both. BigCommerce names no end for either. */
export const API_VERSIONS = { v2: '/v2', v3: '/v3' } as const

export const manifest: Manifest = {
  id: 'bigcommerce',
  name: 'BigCommerce',
  kind: 'storefront',
  api: { version: 'v2+v3', docs: 'https://developer.bigcommerce.com/docs/rest-management' },
  settings: settingsSchema,
  secrets: {
    accessToken: {
      description:
        'Token of an API account (X-Auth-Token) with the scopes of the README; “Connect” brings it.',
      required: false,
      rotatable: true,
    },
    webhookSecret: {
      description: 'The client secret of the app or API account, which signs the webhooks.',
      required: false,
      rotatable: true,
      app: 'clientSecret',
    },
  },
  topics: WEBHOOK_TOPICS,
  polls: {
    order: { everySeconds: 600, topic: REST_ORDER, cursorAt: changedCursorAt },
    shipment: { everySeconds: 1_800, topic: REST_SHIPMENTS, cursorAt: changedCursorAt },
    return: { everySeconds: 1_800, topic: REST_REFUND, cursorAt: changedCursorAt },
    inventory: { everySeconds: 1_800, topic: REST_STOCK },
    product: { everySeconds: 3_600, topic: REST_PRODUCT, cursorAt: changedCursorAt },
  },
  pushes: { shipment: 'state', inventory: 'state' },
  limits: {
    // 150 calls in 30 s on the smaller plans, for all apps of the store together.
    buckets: { calls: { capacity: 150, refillPerSecond: 5 } },
    account: ({ settings }) => storeOf(settings),
    price: pricePerCall('calls'),
    read: bucketHeaders({
      remaining: 'x-rate-limit-requests-left',
      capacity: 'x-rate-limit-requests-quota',
      windowMs: 'x-rate-limit-time-window-ms',
    }),
  },
  auth,
  // After 48 hours of failures, or 90 days without an event, a hook is switched off.
  subscriptions: { everySeconds: 21_600 },
}
