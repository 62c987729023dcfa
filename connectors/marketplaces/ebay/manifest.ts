import { changedCursorAt, type Manifest } from '../../sdk/index.ts'
import { auth } from './auth.ts'
import { limits } from './limits.ts'
import { settingsSchema } from './settings.ts'
import { NOTIFICATION_TOPICS, POLLED_ORDER } from './topics.ts'

export const manifest: Manifest = {
  id: 'ebay',
  name: 'eBay',
  kind: 'marketplace',
  // Fulfillment, Inventory and Notification are all at v1; eBay names no end of it.
  api: { version: 'v1', docs: 'https://developer.ebay.com/api-docs/sell/fulfillment/overview.html' },
  settings: settingsSchema,
  secrets: {
    clientId: { description: 'App ID (client id) of the keyset.', required: false },
    clientSecret: { description: 'Cert ID (client secret) of the keyset.', required: false, rotatable: true },
    accessToken: { description: 'User access token, two hours long; the hub renews it.', required: false },
    refreshToken: {
      description: 'Refresh token, 18 months long; the merchant’s consent brings it.',
      required: false,
    },
    verificationToken: {
      description:
        'Proves the webhook address to eBay: 32 to 80 letters, digits, _ or -, invented by you and told to eBay.',
      required: false,
    },
  },
  topics: NOTIFICATION_TOPICS,
  polls: { order: { everySeconds: 600, topic: POLLED_ORDER, cursorAt: changedCursorAt } },
  pushes: { shipment: 'state', inventory: 'state' },
  limits,
  auth,
  subscriptions: { everySeconds: 21_600, needs: 'verificationToken' },
}
