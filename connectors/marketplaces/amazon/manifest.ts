import { changedCursorAt, type Manifest } from '../../sdk/index.ts'
import { limits } from './limits.ts'
import { consentUrl, settingsSchema, tokenUrl } from './settings.ts'
import { EXTERNAL_RETURN, FBA_SUMMARY, ORDER_TOPIC, SETTLEMENT, TOPICS } from './topics.ts'

export const manifest: Manifest = {
  id: 'amazon',
  name: 'Amazon',
  kind: 'marketplace',
  // Each API of SP-API has a version of its own; this is the one of Orders.
  api: {
    version: '2026-01-01',
    docs: 'https://developer-docs.amazon.com/sp-api/docs/welcome',
  },
  settings: settingsSchema,
  secrets: {
    clientId: {
      description: 'LWA client id of the app (amzn1.application-oa2-client…).',
      required: false,
      app: 'clientId',
    },
    clientSecret: {
      description: 'LWA client secret of the app.',
      required: false,
      rotatable: true,
      app: 'clientSecret',
    },
    refreshToken: { description: 'LWA refresh token; the merchant’s consent brings it.', required: false },
    accessToken: { description: 'LWA access token, an hour long; the hub renews it.', required: false },
    awsAccessKeyId: {
      description: 'Access key that may receive from and delete in the queue.',
      required: false,
    },
    awsSecretAccessKey: { description: 'Its secret.', required: false },
  },
  topics: TOPICS,
  polls: {
    // 0.0056 a second is one call in three minutes; a poll takes one call a page.
    order: {
      everySeconds: 900,
      topic: ORDER_TOPIC['2026-01-01'],
      needs: 'refreshToken',
      cursorAt: changedCursorAt,
    },
    inventory: { everySeconds: 3_600, topic: FBA_SUMMARY, needs: 'fbaStock', cursorAt: changedCursorAt },
    return: {
      everySeconds: 3_600,
      topic: EXTERNAL_RETURN,
      needs: 'externalFulfilment',
      cursorAt: changedCursorAt,
    },
    settlement: { everySeconds: 21_600, topic: SETTLEMENT, needs: 'refreshToken', cursorAt: changedCursorAt },
    // Long polls follow one another; this is the pause after an empty one.
    queue: { everySeconds: 1, needs: 'queueUrl' },
  },
  pushes: { shipment: 'state', inventory: 'state' },
  limits,
  auth: {
    kind: 'oauth2',
    grant: 'authorization-code',
    authorizeUrl: consentUrl,
    tokenUrl,
    scopes: [],
    codeParam: 'spapi_oauth_code',
    settingsFromCallback: { selling_partner_id: 'sellerId' },
    clientAuth: 'body',
    lifetimeSeconds: 3_600,
  },
  subscriptions: { everySeconds: 86_400, needs: 'queueUrl' },
}
