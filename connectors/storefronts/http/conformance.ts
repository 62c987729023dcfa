import { createHmac } from 'node:crypto'
import type { Conformance } from '../../sdk/testkit/conformance.ts'
import { httpShop } from './connector.ts'
import { ofConnection } from './of-connection.ts'
import { createPortal, TOKEN } from './simulator.ts'

const SECRET = 'portal-webhook-secret-77b2'

/** A channel that uses most of what can be declared. */
const settingsAt = (baseUrl: string) => ({
  baseUrl,
  auth: { kind: 'bearer' },
  webhooks: {
    signature: {
      ...{ kind: 'hmac', header: 'X-Portal-Signature', encoding: 'hex', prefix: 'v1=' },
      ...{ signed: ['timestamp', 'body'], separator: '.', timestampHeader: 'X-Portal-Time' },
    },
    topic: { header: 'X-Portal-Event' },
    topics: { 'order.created': 'order', 'order.changed': 'order' },
    dedupeKey: [{ header: 'X-Portal-Delivery' }],
    eventAt: { header: 'X-Portal-Time' },
    records: '/order',
  },
  polls: {
    order: {
      ...{ path: '/orders', items: '/orders', changedAt: '/changedAt', next: 'page', size: 20, sorted: true },
      query: { changed_since: '{since}', page: '{page}', per_page: '{size}' },
    },
  },
  pushes: {
    inventory: { path: '/stock/{/sku}' },
    shipment: {
      ...{ method: 'POST', path: '/parcels', id: '/id' },
      search: { path: '/parcels?reference={key}', items: '/parcels' },
      update: { path: '/parcels/{externalId}' },
    },
  },
  limits: { capacity: 200, refillPerSecond: 50, headers: { remaining: 'X-RateLimit-Remaining' } },
})

const OWN_MAPPINGS =
  'Mappings are the user’s own; those of the README are run by test/integration/declared-channel.test.ts.'

const MAPPING_CHECKS = [
  'has a mapping for every topic and every poll',
  'every sample becomes a document that fits and balances',
  'a document has an identity and a revision',
  'the same payload gives the same document',
  'a word that nobody knows is a problem or a default, never a crash',
  'a field that nobody knows changes nothing',
  'a byte order mark changes nothing',
  'a polled record becomes a document under its declared topic',
]

const keyOf = (resource: string, n: number): string => `kit:kit-wms:${resource}-${n}`

const conformance: Conformance = {
  // As it is for the connection below: by itself a declared channel can do nothing.
  connector: {
    ...httpShop,
    manifest: { ...httpShop.manifest, ...ofConnection(settingsAt('https://portal.invalid')) },
  },
  connection: baseUrl => ({
    id: 'kit-portal',
    tenant: 'kit',
    connector: 'http-shop',
    settings: settingsAt(baseUrl),
    secrets: { webhookSecret: [SECRET], token: [TOKEN] },
  }),
  webhooks: {
    samples: ['order.created', 'order.changed'].map(topic => ({
      topic,
      body: {
        order: {
          ...{ id: 1_001, number: 'P-1001', changedAt: '2026-05-12T09:30:00Z', currency: 'EUR' },
          buyer: { company: 'Zoë & Söhne', email: 'zoe@example.com' },
          lines: [{ sku: 'TENT-2', name: 'Tent', quantity: 2, price: '149.90' }],
        },
      },
    })),
    sign({ topic, body, secret, at, deliveryId, url }) {
      const seconds = String(Math.floor(at / 1_000))
      const signature = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex')
      return {
        ...{ method: 'POST', target: new URL(url).pathname, url, body },
        headers: {
          'content-type': 'application/json',
          'x-portal-event': topic,
          'x-portal-delivery': deliveryId,
          'x-portal-time': seconds,
          'x-portal-signature': `v1=${signature}`,
        },
      }
    },
  },
  pushes: {
    inventory: {
      operation: (n, revision) => ({
        key: keyOf('stock', n),
        body: { sku: `SKU-${n}`, quantity: revision },
        dependencies: {},
      }),
    },
    shipment: {
      operation: (n, revision) => ({
        key: keyOf('parcel', n),
        body: { reference: keyOf('parcel', n), tracking: `T${n}-${revision}` },
        dependencies: {},
      }),
    },
  },
  simulator: createPortal,
  skips: Object.fromEntries(MAPPING_CHECKS.map(name => [name, OWN_MAPPINGS])),
}

export default conformance
