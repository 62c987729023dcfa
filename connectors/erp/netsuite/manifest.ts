import { changedCursorAt, type Manifest, pricePerCall } from '../../sdk/index.ts'
import { auth } from './auth.ts'
import { settingsSchema } from './settings.ts'
import { POLLED_BALANCE, POLLED_FULFILMENT, POLLED_ITEM } from './topics.ts'

/** The one place that names the version: part of the path of records and queries. */
export const API_VERSION = 'v1'

export const manifest: Manifest = {
  id: 'netsuite',
  name: 'NetSuite',
  kind: 'erp',
  api: {
    version: API_VERSION,
    docs: 'https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/book_1559132836.html',
  },
  settings: settingsSchema,
  secrets: {
    clientId: {
      description: 'Client id of the integration record, with the client credentials grant enabled.',
      required: true,
    },
    privateKey: {
      description: 'Private key of the certificate, PEM, RSA of 3072 or 4096 bits.',
      required: true,
      rotatable: true,
    },
    certificateId: {
      description: 'Certificate id that NetSuite shows in the OAuth 2.0 client credentials setup.',
      required: true,
      rotatable: true,
    },
    accessToken: { description: 'Access token; the hub gets it with the key.', required: false },
  },
  topics: {},
  polls: {
    product: { everySeconds: 3_600, topic: POLLED_ITEM, cursorAt: changedCursorAt },
    inventory: { everySeconds: 900, topic: POLLED_BALANCE },
    shipment: { everySeconds: 900, topic: POLLED_FULFILMENT, cursorAt: changedCursorAt },
  },
  pushes: { order: 'state', shipment: 'state', return: 'state' },
  auth,
  limits: {
    // NetSuite counts calls under way (five for the whole account in its smallest tier), not calls in time.
    buckets: { calls: { capacity: 5, refillPerSecond: 5 } },
    price: pricePerCall('calls'),
    account: ({ settings }) => String(settings['accountId']),
  },
}
