import { changedCursorAt, type Manifest, pricePerCall } from '../../sdk/index.ts'
import { bcSettings, settingsSchema } from './settings.ts'
import { POLLED_ITEM, POLLED_SHIPMENT, POLLED_STOCK, WEBHOOK_TOPICS } from './topics.ts'

/** The one place that names the version: a part of every path. */
export const API_VERSION = 'v2.0'

const slash = (url: string): string => url.replace(/\/+$/, '')

export const manifest: Manifest = {
  id: 'business-central',
  name: 'Dynamics 365 Business Central',
  kind: 'erp',
  api: {
    version: API_VERSION,
    docs: 'https://learn.microsoft.com/en-us/dynamics365/business-central/dev-itpro/api-reference/v2.0/',
  },
  settings: settingsSchema,
  secrets: {
    clientId: {
      description: 'Application (client) id of the app registration in Microsoft Entra.',
      required: false,
      app: 'clientId',
    },
    clientSecret: {
      description: 'Client secret of that app.',
      required: false,
      rotatable: true,
      app: 'clientSecret',
    },
    accessToken: { description: 'Token of about an hour; the hub gets it.', required: false },
    webhookSecret: {
      description:
        'Any long random text: Business Central sends it back as clientState with every notification.',
      required: false,
      rotatable: true,
    },
  },
  topics: WEBHOOK_TOPICS,
  polls: {
    product: { everySeconds: 900, topic: POLLED_ITEM, cursorAt: changedCursorAt },
    inventory: { everySeconds: 900, topic: POLLED_STOCK },
    shipment: { everySeconds: 900, topic: POLLED_SHIPMENT, cursorAt: changedCursorAt },
  },
  pushes: { order: 'state', return: 'state', shipment: 'state' },
  limits: {
    // 6,000 calls in any five minutes, per user: what may come at once and what comes back meanwhile stay below that.
    buckets: { calls: { capacity: 1_000, refillPerSecond: 16 } },
    account: ({ secrets, settings }) => `${String(settings['tenantId'])}/${secrets['clientId']?.[0] ?? ''}`,
    price: pricePerCall('calls'),
  },
  auth: {
    kind: 'oauth2',
    grant: 'client-credentials',
    tokenUrl: settings => {
      const { loginBaseUrl, tenantId } = bcSettings({ settings })
      return `${slash(loginBaseUrl)}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`
    },
    scopes: ['https://api.businesscentral.dynamics.com/.default'],
    refreshBeforeSeconds: 300,
    lifetimeSeconds: 3_599,
  },
  // They end after three days and are renewed when less than two are left.
  subscriptions: { everySeconds: 21_600, needs: 'webhookSecret' },
}
