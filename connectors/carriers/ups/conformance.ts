import { createHash } from 'node:crypto'
import type { PushOperation } from '../../sdk/index.ts'
import type { Conformance } from '../../sdk/testkit/conformance.ts'
import { ups } from './connector.ts'
import { createUpsSimulator } from './simulator.ts'
import { TRACK_ALERT } from './topics.ts'

const CLIENT = { clientId: 'ups-simulated-client', clientSecret: 'ups-simulated-secret' }
const SECRET = 'a-simulated-credential-of-ups'
const NUMBER = '1Z999AA10123456784'

const alert = {
  trackingNumber: NUMBER,
  localActivityDate: '20260506',
  localActivityTime: '091519',
  activityLocation: { city: 'Chicago', stateProvince: 'IL', postalCode: '', country: 'US' },
  activityStatus: { type: 'I', code: 'OT', description: 'Out for Delivery', descriptionCode: '021' },
  scheduledDeliveryDate: '20260506',
  actualDeliveryDate: '',
  actualDeliveryTime: '',
  gmtActivityDate: '20260506',
  gmtActivityTime: '141519',
  deliveryStartTime: '',
  deliveryEndTime: '190000',
  deliveryTimeDescription: 'end of day',
}

const activity = (gmtTime: string, status: object) => ({
  location: {
    address: { city: 'CHICAGO', stateProvince: 'IL', countryCode: 'US', country: 'US' },
    slic: '6029',
  },
  status,
  date: '20260506',
  time: '041519',
  gmtDate: '20260506',
  gmtTime,
  gmtOffset: '-05:00',
})

const parcel = {
  activity: [
    activity('141519', { type: 'I', code: 'OT', description: 'Out For Delivery Today', statusCode: '021' }),
    activity('91519', { type: 'I', code: 'AR', description: 'Arrived at Facility', statusCode: '005' }),
  ],
  deliveryDate: [{ type: 'SDD', date: '20260506' }],
  service: { code: '003', description: 'UPS Ground' },
  weight: { unitOfMeasurement: 'LBS', weight: '2.50' },
  packageAddress: [{ type: 'DESTINATION', name: 'Mara Lindqvist' }],
}

const shipment = (
  trackingNumber: string,
  status: string,
): Pick<PushOperation, 'key' | 'body' | 'dependencies'> => ({
  key: `kit:kit-shop:${trackingNumber}`,
  body: {
    externalId: trackingNumber,
    channel: 'shipbob',
    status,
    lines: [],
    packages: [{ trackingNumber, carrier: 'UPS' }],
  },
  dependencies: {},
})

/** Two deliveries are two scans, a moment apart. */
function moved(body: Buffer, deliveryId: string): Buffer {
  const seconds = createHash('sha256').update(deliveryId).digest().readUInt16BE(0) % 60
  const time = `1415${String(seconds).padStart(2, '0')}`
  return Buffer.from(body.toString('latin1').replace('"141519"', `"${time}"`), 'latin1')
}

const conformance: Conformance = {
  connector: ups,
  connection: baseUrl => ({
    id: 'kit-ups',
    tenant: 'kit',
    connector: 'ups',
    settings: { apiBaseUrl: baseUrl },
    secrets: {
      clientId: [CLIENT.clientId],
      clientSecret: [CLIENT.clientSecret],
      webhookSecret: [SECRET],
    },
  }),
  webhooks: {
    samples: [{ topic: TRACK_ALERT, body: alert, thin: true }],
    sign: ({ body, deliveryId, secret, url }) => ({
      method: 'POST',
      target: new URL(url).pathname,
      url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'UPSPubSubTrackingService',
        authorization: `Bearer ${secret}`,
      },
      body: moved(body, deliveryId),
    }),
    proves: 'sender',
  },
  pushes: {
    shipment: {
      operation: (n, revision) =>
        shipment(`1Z999AA1${String(n).padStart(10, '0')}`, revision === 1 ? 'shipped' : 'in-transit'),
      refused: () => shipment('1Z1234567$8', 'shipped'),
    },
  },
  simulator: options => createUpsSimulator({ ...options, ...CLIENT, parcels: { [NUMBER]: parcel } }),
}

export default conformance
