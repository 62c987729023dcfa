import { changedCursorAt, type Manifest } from '../../sdk/index.ts'
import { settingsSchema } from './settings.ts'
import { POLLED_PRODUCT, POLLED_STOCK, POLLED_TRANSFER } from './topics.ts'

/** The JSON-2 API came with Odoo 19; each major version is supported for three years. */
export const API_VERSION = '19.0'

export const manifest: Manifest = {
  id: 'odoo',
  name: 'Odoo',
  kind: 'erp',
  api: {
    version: API_VERSION,
    sunset: '2028-09-30',
    docs: 'https://www.odoo.com/documentation/19.0/developer/reference/external_api.html',
  },
  settings: settingsSchema,
  secrets: {
    apiKey: {
      description: 'API key of a user who may sell, with the scope of RPC. The hub renews it.',
      required: true,
      rotatable: true,
    },
    password: {
      description: 'Password of that user: with it the hub renews the key, which ends after three months.',
      required: false,
    },
  },
  topics: {},
  polls: {
    product: { everySeconds: 600, topic: POLLED_PRODUCT, cursorAt: changedCursorAt },
    inventory: { everySeconds: 60, topic: POLLED_STOCK, cursorAt: changedCursorAt },
    shipment: { everySeconds: 60, topic: POLLED_TRANSFER, cursorAt: changedCursorAt },
  },
  pushes: { order: 'state', shipment: 'state', return: 'state' },
  // Nothing to subscribe to: the key is looked at once a day.
  subscriptions: { everySeconds: 86_400 },
}
