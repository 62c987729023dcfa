import { changedCursorAt, type Manifest, pricePerCall } from '../../sdk/index.ts'
import { settingsSchema } from './settings.ts'
import { POLLED_BIN, POLLED_DELIVERY_NOTE, POLLED_ITEM } from './topics.ts'

/** Of Frappe's REST API: paths below `/api/resource`, alike in versions 13 to 16. */
export const API_VERSION = 'v1'

export const manifest: Manifest = {
  id: 'erpnext',
  name: 'ERPNext',
  kind: 'erp',
  api: { version: API_VERSION, docs: 'https://docs.frappe.io/framework/user/en/api/rest' },
  settings: settingsSchema,
  secrets: {
    apiKey: {
      description: 'API key of the integration’s user (User › Settings › API Access).',
      required: true,
    },
    apiSecret: { description: 'API secret, shown once with the key.', required: true },
  },
  topics: {},
  polls: {
    product: { everySeconds: 3_600, topic: POLLED_ITEM, cursorAt: changedCursorAt },
    inventory: { everySeconds: 600, topic: POLLED_BIN },
    shipment: { everySeconds: 600, topic: POLLED_DELIVERY_NOTE, cursorAt: changedCursorAt },
  },
  pushes: { order: 'state', shipment: 'state', return: 'state' },
  limits: {
    // A site limits the seconds that its answers take, if anything; so many calls leave room for people.
    buckets: { calls: { capacity: 20, refillPerSecond: 10 } },
    price: pricePerCall('calls'),
    account: ({ settings }) => String(settings['baseUrl']),
  },
}
