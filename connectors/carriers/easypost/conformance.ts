import { createHash } from 'node:crypto'
import type { PushOperation } from '../../sdk/index.ts'
import type { Conformance } from '../../sdk/testkit/conformance.ts'
import { easypost } from './connector.ts'
import { createEasypostSimulator, signEasypost } from './simulator.ts'
import { WEBHOOK_TOPICS } from './topics.ts'

const KEY = 'EZTKsimulated0000000000000000000001'
const SECRET = 'sïmulated secret of easypost'

const scan = (status: string, datetime: string, city: string | null) => ({
  object: 'TrackingDetail',
  message: `Scan ${status}`,
  description: '',
  status,
  status_detail: 'status_update',
  datetime,
  source: 'USPS',
  carrier_code: '',
  tracking_location: {
    object: 'TrackingLocation',
    city,
    state: city && 'IL',
    country: city && 'US',
    zip: null,
  },
})

const event = (topic: string): Record<string, unknown> => ({
  id: 'evt_0001',
  object: 'Event',
  description: topic,
  mode: 'test',
  created_at: '2026-05-06T09:00:05Z',
  updated_at: '2026-05-06T09:00:05Z',
  status: 'pending',
  user_id: 'user_0001',
  previous_attributes: topic === 'tracker.updated' ? { status: 'pre_transit' } : {},
  pending_urls: [],
  completed_urls: [],
  result: {
    id: 'trk_00000001',
    object: 'Tracker',
    mode: 'test',
    tracking_code: '9400110200881234567895',
    status: 'in_transit',
    status_detail: 'arrived_at_facility',
    created_at: '2026-05-05T08:00:00Z',
    updated_at: '2026-05-06T09:00:00Z',
    signed_by: null,
    weight: 17,
    est_delivery_date: '2026-05-08T00:00:00Z',
    shipment_id: null,
    carrier: 'USPS',
    tracking_details: [
      scan('pre_transit', '2026-05-05T08:00:00Z', null),
      scan('in_transit', '2026-05-06T08:30:00Z', 'CHICAGO'),
    ],
    fees: [],
    carrier_detail: null,
    public_url: 'https://track.example/1',
  },
})

const shipment = (n: number, revision: number): Pick<PushOperation, 'key' | 'body' | 'dependencies'> => ({
  key: `kit:kit-shop:${n}`,
  body: {
    externalId: String(n),
    channel: 'shipbob',
    status: revision === 1 ? 'shipped' : 'in-transit',
    lines: [],
    packages: [{ trackingNumber: `1Z999AA1${String(n).padStart(10, '0')}`, carrier: 'UPS' }],
  },
  dependencies: {},
})

/** Two deliveries are two events. */
function named(body: Buffer, deliveryId: string): Buffer {
  const digest = createHash('sha256').update(deliveryId).digest('hex').slice(0, 12)
  return Buffer.from(body.toString('latin1').replace('"evt_0001"', `"evt_${digest}"`), 'latin1')
}

const conformance: Conformance = {
  connector: easypost,
  connection: baseUrl => ({
    id: 'kit-easypost',
    tenant: 'kit',
    connector: 'easypost',
    settings: { apiBaseUrl: baseUrl },
    secrets: { accessToken: [KEY], webhookSecret: [SECRET] },
  }),
  webhooks: {
    samples: Object.keys(WEBHOOK_TOPICS).map(topic => ({ topic, body: event(topic) })),
    sign({ body: unnamed, deliveryId, secret, url }) {
      const body = named(unnamed, deliveryId)
      return { method: 'POST', target: new URL(url).pathname, url, headers: signEasypost(body, secret), body }
    },
    vectors: 'easypost.json',
  },
  pushes: {
    shipment: {
      operation: shipment,
      refused: () => ({
        ...shipment(1, 1),
        key: 'kit:kit-shop:odd',
        body: { ...shipment(1, 1).body, packages: [{ trackingNumber: '#1' }] },
      }),
    },
  },
  simulator: options => createEasypostSimulator({ ...options, apiKey: KEY }),
}

export default conformance
