import type { PushOperation } from '../../sdk/index.ts'
import type { Conformance, WebhookDelivery } from '../../sdk/testkit/conformance.ts'
import { SAMPLES } from './conformance-samples.ts'
import { square } from './connector.ts'
import { createSquareSimulator, signSquare } from './simulator.ts'

const ACCOUNT = {
  merchantId: 'MERCHANT-1',
  accessToken: 'EAAA-simulated-first',
  refreshToken: 'EQAA-simulated-refresh',
  clientId: 'sq0idp-simulated',
  clientSecret: 'sq0csp-simulated-secret',
  applicationToken: 'EAAA-simulated-application',
  signatureKey: 'simulated-signature-key',
}

type Operation = Pick<PushOperation, 'key' | 'body' | 'dependencies'>

const stock = (n: number, revision: number): Operation => ({
  key: `kit:kit-erp:SKU-${n}`,
  body: { sku: `SKU-${n}`, available: n * 10 + revision },
  dependencies: {},
})

const parcel = (n: number, revision: number): Operation => ({
  key: `kit:kit-3pl:${n}`,
  body: {
    externalId: String(n),
    status: revision === 1 ? 'ready' : 'shipped',
    lines: [{ lineId: 'line-1', quantity: 2 }],
    packages: [{ carrier: 'UPS', trackingNumber: `1Z999AA1000000000${n}` }],
  },
  dependencies: { [`kit:kit-square:ORDER-${n}`]: `ORDER-${n}` },
})

/** The id of an event stands in its body. */
function withEventId({ body, deliveryId }: WebhookDelivery): Buffer {
  const text = body.toString()
  const named = text.replace(/"event_id":"[^"]*"/, `"event_id":"${deliveryId}"`)
  return named === text ? body : Buffer.from(named)
}

const conformance: Conformance = {
  connector: square,
  connection: baseUrl => ({
    id: 'kit-square',
    tenant: 'kit',
    connector: 'square',
    settings: { apiBaseUrl: baseUrl, locationId: 'LOC-01' },
    secrets: {
      accessToken: [ACCOUNT.accessToken],
      refreshToken: [ACCOUNT.refreshToken],
      clientId: [ACCOUNT.clientId],
      clientSecret: [ACCOUNT.clientSecret],
      applicationToken: [ACCOUNT.applicationToken],
      webhookSecret: [ACCOUNT.signatureKey],
    },
  }),
  webhooks: {
    samples: SAMPLES,
    sign(delivery) {
      const body = withEventId(delivery)
      return {
        method: 'POST',
        target: new URL(delivery.url).pathname,
        url: delivery.url,
        headers: signSquare({ ...delivery, body }),
        body,
      }
    },
    vectors: 'square',
  },
  pushes: {
    inventory: {
      operation: stock,
      refused: () => ({ ...stock(1, 1), body: { sku: 'NOBODY-SELLS-THIS', available: 1 } }),
    },
    shipment: {
      operation: parcel,
      refused: () => ({ ...parcel(1, 1), dependencies: { 'kit:kit-square:GONE': 'GONE' } }),
    },
  },
  simulator: options => createSquareSimulator({ ...options, ...ACCOUNT }),
}

export default conformance
