import type { Manifest } from '../../sdk/index.ts'
import { settingsSchema, upsHost } from './settings.ts'
import { TRACK_ALERT } from './topics.ts'

/** The one place that names versions: of Track Alert, by which the hub hears of parcels, */
export const API_VERSION = 'v2'
/** and of the Track API, which tells what happened before. */
export const DETAILS_VERSION = 'v1'

export const manifest: Manifest = {
  id: 'ups',
  name: 'UPS',
  kind: 'carrier',
  api: {
    version: API_VERSION,
    docs: 'https://developer.ups.com/api/reference/trackalertenhanced/product-info',
  },
  settings: settingsSchema,
  secrets: {
    clientId: {
      description: 'Client id of the app at developer.ups.com.',
      required: false,
      rotatable: true,
      app: 'clientId',
    },
    clientSecret: {
      description: 'Client secret of that app.',
      required: false,
      rotatable: true,
      app: 'clientSecret',
    },
    accessToken: { description: 'Token of the last four hours; the hub gets it.', required: false },
    webhookSecret: {
      description:
        'Credential that UPS sends with every alert, as it stands under Manage Webhook Credentials.',
      required: true,
      rotatable: true,
    },
  },
  topics: { [TRACK_ALERT]: 'shipment' },
  pushes: { shipment: 'state' },
  auth: {
    kind: 'oauth2',
    grant: 'client-credentials',
    tokenUrl: settings => `${upsHost(settings)}/security/v1/oauth/token`,
    scopes: [],
    clientAuth: 'basic',
    refreshBeforeSeconds: 300,
    lifetimeSeconds: 14_399,
  },
}
