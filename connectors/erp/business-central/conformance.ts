import { createHash } from 'node:crypto'
import type { PushOperation } from '../../sdk/index.ts'
import type { Conformance, WebhookDelivery } from '../../sdk/testkit/conformance.ts'
import { businessCentral } from './connector.ts'
import { SHIPPED_ORDER, WEB_CUSTOMER } from './simulator/furnish.ts'
import { createBcSimulator } from './simulator.ts'

const CLIENT_ID = '3f1c9c1e-5c1f-4d0a-9b0e-simulated0001'
const CLIENT_SECRET = 'simulated~secret~of~entra'
const WEBHOOK_SECRET = 'a simulated client state'
const TENANT = 'contoso.example'
const COMPANY = 'f64eba74-dacd-4854-a584-1834f68cfc3a'
/** The id that the simulator gives first. */
const ITEM = '0a4e0000-be6e-4045-8dc8-000000000001'

type Pushed = Pick<PushOperation, 'key' | 'body' | 'dependencies'>

const order = (n: number, revision: number, item = 'MUG-1'): Pushed => ({
  key: `kit:kit-shop:${n}`,
  body: {
    cancelled: false,
    customer: { email: `buyer-${n}@example.com`, displayName: `Buyer ${n}`, type: 'Person' },
    total: { amount: `${(11.9 * revision).toFixed(2)}`, currency: 'EUR' },
    orderDate: '2026-05-12',
    currencyCode: 'EUR',
    pricesIncludeTax: true,
    shipToName: `Buyer ${n}`,
    salesOrderLines: [
      { lineType: 'Comment', description: `Shop order #${n}` },
      {
        lineType: 'Item',
        lineObjectNumber: item,
        description: 'Trail Mug',
        quantity: revision,
        unitPrice: 11.9,
      },
    ],
  },
  dependencies: {},
})

const returned = (n: number, revision: number, item = 'MUG-1'): Pushed => ({
  key: `kit:kit-shop:R${n}`,
  body: {
    total: { amount: `${(11.9 * revision).toFixed(2)}`, currency: 'EUR' },
    customerNumber: WEB_CUSTOMER,
    creditMemoDate: '2026-05-20',
    currencyCode: 'EUR',
    salesCreditMemoLines: [
      {
        ...{ lineType: 'Item', lineObjectNumber: item, description: 'Trail Mug', quantity: revision },
        ...{ unitPriceIncludingTax: 11.9, unitPriceExcludingTax: 10 },
      },
    ],
  },
  dependencies: {},
})

const told = (set: string, id: string) => ({
  value: [
    {
      subscriptionId: 'sub1',
      clientState: '',
      expirationDateTime: '2026-05-15T09:30:00Z',
      resource: `api/v2.0/companies(${COMPANY})/${set}(${id})`,
      changeType: 'updated',
      lastModifiedDateTime: '2026-05-12T09:29:00.467Z',
    },
  ],
})

/** Business Central numbers no deliveries: two events of one record differ in their time. */
function notified({ body, secret, deliveryId }: WebhookDelivery): Buffer {
  try {
    const { value } = JSON.parse(body.toString()) as { value: object[] }
    const ms = createHash('sha256').update(deliveryId).digest().readUInt16BE(0) % 60_000
    const lastModifiedDateTime = new Date(Date.UTC(2026, 4, 12, 9, 28) + ms).toISOString()
    return Buffer.from(
      JSON.stringify({ value: value.map(one => ({ ...one, clientState: secret, lastModifiedDateTime })) }),
    )
  } catch {
    return body
  }
}

const conformance: Conformance = {
  connector: businessCentral,
  connection: baseUrl => ({
    id: 'kit-bc',
    tenant: 'kit',
    connector: 'business-central',
    settings: { tenantId: TENANT, companyId: COMPANY, apiBaseUrl: baseUrl, loginBaseUrl: baseUrl },
    secrets: { clientId: [CLIENT_ID], clientSecret: [CLIENT_SECRET], webhookSecret: [WEBHOOK_SECRET] },
  }),
  webhooks: {
    samples: [
      { topic: 'items', thin: true, body: told('items', ITEM) },
      { topic: 'salesOrders', thin: true, body: told('salesOrders', SHIPPED_ORDER) },
    ],
    sign: delivery => ({
      method: 'POST',
      target: new URL(delivery.url).pathname,
      url: delivery.url,
      headers: { 'content-type': 'application/json' },
      body: notified(delivery),
    }),
    proves: 'sender',
  },
  pushes: {
    order: { operation: order, refused: () => order(1, 1, 'NO-SUCH-ITEM') },
    return: { operation: returned, refused: () => returned(1, 1, 'NO-SUCH-ITEM') },
  },
  skips: {
    'a doubled signature header is refused': 'The proof stands in the body, not in a header.',
    'a garbled signature header is refused': 'The proof stands in the body, not in a header.',
    'a request without a signature is refused':
      'The proof stands in the body, which the check leaves; the connector’s own tests refuse a body without it.',
    'the bytes are kept as they came, under the topic that was sent':
      'The shared secret stands in the body and is not kept; several notifications come in one.',
    'every resource that is written has documents to try':
      'A shipment posts an order that must be there before; the connector’s own tests post it.',
  },
  simulator: ({ now }) =>
    createBcSimulator({
      ...{ now, clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, tenantId: TENANT, companyId: COMPANY },
    }),
}

export default conformance
