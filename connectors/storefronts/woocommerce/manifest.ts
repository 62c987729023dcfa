import { changedCursorAt, type Manifest } from '../../sdk/index.ts'
import { auth } from './auth.ts'
import { limitsAt } from './limits.ts'
import { settingsSchema } from './settings.ts'
import { REST_ORDER, REST_PRODUCT, REST_REFUNDS, REST_STOCK, REST_TRACKINGS, TOPICS } from './topics.ts'

/** The one place that names the version: `/wp-json/wc/v3`. WooCommerce names no end for it. */
export const API_VERSION = 'v3'

const EVERY = { everySeconds: 300, needs: 'consumerKey' } as const

export const manifest: Manifest = {
  id: 'woocommerce',
  name: 'WooCommerce',
  kind: 'storefront',
  api: {
    version: `wc/${API_VERSION}`,
    docs: 'https://woocommerce.github.io/woocommerce-rest-api-docs/',
  },
  settings: settingsSchema,
  secrets: {
    consumerKey: {
      description: 'REST API key (ck_…), read and write; “Connect” brings it.',
      required: false,
    },
    consumerSecret: { description: 'Its secret (cs_…).', required: false },
    webhookSecret: {
      description:
        'Signs the webhooks. Without it the consumer secret does. Give the new one first while rotating.',
      required: false,
      rotatable: true,
    },
  },
  topics: TOPICS,
  polls: {
    order: { ...EVERY, topic: REST_ORDER, cursorAt: changedCursorAt },
    return: { ...EVERY, topic: REST_REFUNDS, cursorAt: changedCursorAt },
    shipment: { ...EVERY, topic: REST_TRACKINGS, cursorAt: changedCursorAt },
    inventory: { ...EVERY, topic: REST_STOCK, cursorAt: changedCursorAt },
    product: { everySeconds: 3_600, needs: 'consumerKey', topic: REST_PRODUCT, cursorAt: changedCursorAt },
  },
  pushes: { inventory: 'state', shipment: 'state' },
  limits: limitsAt(settingsSchema.properties.callsPerSecond.default),
  auth,
  // A webhook is disabled after five failures and tells nobody: look often.
  subscriptions: { everySeconds: 3_600, needs: 'consumerKey' },
  ofConnection: ({ callsPerSecond }) =>
    typeof callsPerSecond === 'number' ? { limits: limitsAt(callsPerSecond) } : {},
}
