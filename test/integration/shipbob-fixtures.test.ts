import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { shipbob } from '#connectors/fulfilment/shipbob/connector.ts'
import { signShipbob } from '#connectors/fulfilment/shipbob/simulator.ts'
import type { ConnectionView, ConnectorContext } from '#core/contracts/connector.ts'
import { fixturesDir } from '../support/fixtures.ts'
import { mappedDocument } from '../support/mapped-document.ts'

const dir = fixturesDir()
if (!dir) console.warn('skipped: HUB_FIXTURES names no folder of real payloads')
const suite = dir ? describe : describe.skip

const SECRET = `whsec_${Buffer.from('thirty-two bytes of test secret!').toString('base64')}`
const NOW = Date.UTC(2026, 4, 5)
const connection: ConnectionView = {
  ...{ id: 'bob', tenant: 'acme', connector: 'shipbob', settings: { channelId: 1 } },
  secrets: { webhookSecret: [SECRET], accessToken: ['token'] },
}

const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(dir!, 'shipbob', name), 'utf8')) as Record<string, unknown>

/** As it arrives: signed, received, decoded, mapped. */
async function documents(topic: string, payload: unknown): Promise<Record<string, unknown>[]> {
  const body = Buffer.from(JSON.stringify(payload))
  const headers = signShipbob({ topic, body, secret: SECRET, at: NOW, deliveryId: 'msg_1' })
  const received = await shipbob.receive!(
    {
      method: 'POST',
      target: '/webhooks/bob',
      url: 'https://hub.example.com/webhooks/bob',
      headers,
      body,
      receivedAt: NOW,
    },
    connection,
    {} as ConnectorContext,
  )
  if (!received.ok) throw new Error(received.detail)
  const decoded = await shipbob.decode!({ ...received.messages[0]!, via: 'webhook' }, {} as ConnectorContext)
  if ('skip' in decoded) throw new Error(decoded.detail)
  return Promise.all(decoded.records.map(record => mappedDocument({ connection, topic, record })))
}

suite('real ShipBob payloads', () => {
  it('make a shipment of the shipment, with lot, serial numbers and tracking', async () => {
    const payload = read('shipment-1.json')
    // Ids and measures of the published example are all 0, which stands for “none” nowhere else.
    const [document] = await documents('order.shipped', { ...payload, id: 41, order_id: 42 })
    expect(document).toMatchObject(expectedShipment)
  })

  it('make the same of a shipment that comes inside its order', async () => {
    const order = read('order-1.json')
    const [document] = await documents('order.shipped', { ...order, id: 42 })
    expect(document).toMatchObject({
      ...expectedShipment,
      externalId: '0',
      orderId: '0',
      orderNumber: 'string',
    })
  })

  it('make a return of the return, with what arrived', async () => {
    const list = read('return-1.json')
    const [document] = await documents('return.completed', list)
    expect(document).toMatchObject({
      externalId: '0',
      kind: 'return',
      // A status that the documentation’s example only names “string”.
      status: 'unknown',
      orderNumber: 'string',
      createdAt: '2019-08-24T14:15:22Z',
      lines: [{ sku: 'string', title: 'string', quantity: 0 }],
      trackingNumbers: ['string'],
      attributes: { shipmentId: '0', returnType: 'string', location: 'string' },
    })
  })

  it.each([
    ['receiving-1.json', 'a warehouse receiving order has no canonical document'],
    ['tracking-1.json', 'an answer of the tracking API, which the connector does not call'],
  ])('leave %s out: %s', name => expect(read(name)).toBeDefined())
})

const expectedShipment = {
  channel: 'shipbob',
  status: 'pending',
  createdAt: '2019-08-24T14:15:22Z',
  shippedAt: '2019-08-24T14:15:22Z',
  updatedAt: '2019-08-24T14:15:22Z',
  location: { externalId: '0', name: 'Cicero (IL)' },
  service: 'Standard',
  shipTo: {
    name: 'John Doe',
    company: 'Wayne Enterprises',
    line1: '100 Nowhere Blvd',
    line2: 'Suite 100',
    city: 'Gotham City',
    postalCode: '07093',
    provinceCode: 'NJ',
    country: 'US',
    phone: '555-555-5555',
    email: 'john@example.com',
  },
  lines: [
    {
      sku: 'TShirtBlueM',
      title: 'Medium Blue T-Shirt',
      quantity: 0,
      lot: '22222',
      serialNumbers: ['string'],
    },
  ],
  packages: [
    {
      carrier: 'USPS',
      service: 'Priority',
      trackingNumber: '860C8CDC8F0B4FC7AB69AC86C20539EC',
      trackingUrl: 'https://www.example.com/tracking?id=860C8CDC8F0B4FC7AB69AC86C20539EC',
    },
  ],
}
