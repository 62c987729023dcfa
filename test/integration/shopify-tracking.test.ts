import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { loadConfig } from '#config/load.ts'
import { signEasypost } from '#connectors/carriers/easypost/simulator.ts'
import { signShipbob } from '#connectors/fulfilment/shipbob/simulator.ts'
import { shopify } from '#connectors/storefronts/shopify/connector.ts'
import { createShopifySimulator, type ShopifySimulator } from '#connectors/storefronts/shopify/simulator.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { seeded } from '#test/unit/connectors/shopify/context.ts'
import { manifests } from '#workers/compose/base.ts'
import { type Hub, startHub } from '#workers/compose/hub.ts'
import { call } from '../support/call.ts'
import { freePort } from '../support/free-port.ts'

const SHOP = 'acme.myshopify.com'
const SHOP_SECRET = 'shpss_shipping'
const WAREHOUSE_SECRET = `whsec_${Buffer.from('a secret of the warehouse').toString('base64')}`
const CARRIER_SECRET = 'a secret of the carrier'
const NUMBER = '1Z999AA10123456784'

let shop: ShopifySimulator
let hub: Hub
let dataDir: string

const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise(resolve => setTimeout(resolve, 20))
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'shopify-tracking-'))
  shop = createShopifySimulator({ clock: systemClock, random: seeded(), shop: SHOP, secret: SHOP_SECRET })
  const apiBaseUrl = await shop.listen()
  const port = await freePort()
  const declared = {
    tenants: [{ id: 'acme', name: 'Acme Outdoor' }],
    connections: [
      {
        ...{ id: 'acme-shopify', tenant: 'acme', connector: 'shopify' },
        settings: { shop: SHOP, apiBaseUrl, pollSeconds: 3_600 },
        secrets: { webhookSecret: SHOP_SECRET, accessToken: 'shpat_simulated' },
      },
      {
        ...{ id: 'acme-shipbob', tenant: 'acme', connector: 'shipbob' },
        settings: { channelId: 105, apiBaseUrl: 'http://127.0.0.1:9', pollSeconds: 3_600 },
        secrets: { accessToken: 'PAT-1', webhookSecret: WAREHOUSE_SECRET },
      },
      {
        ...{ id: 'acme-easypost', tenant: 'acme', connector: 'easypost' },
        settings: { apiBaseUrl: 'http://127.0.0.1:9', pollSeconds: 21_600 },
        secrets: { accessToken: 'EZTK1', webhookSecret: CARRIER_SECRET },
      },
    ],
    flows: [{ id: 'tracking', resource: 'shipment', from: ['fulfilment'], to: ['origin'] }],
    security: { allowPrivateHosts: ['127.0.0.1'] },
  }
  const config = loadConfig({
    env: {
      ...{ HUB_CONFIG: 'hub.yaml', HUB_DATA_DIR: dataDir, HUB_LOG_LEVEL: 'silent' },
      HUB_PUBLIC_URL: `http://127.0.0.1:${port}`,
    },
    readFile: () => JSON.stringify(declared),
    manifests,
  })
  hub = await startHub({ ...config, port }, {})
  // The hub subscribes by itself.
  await until(() => shop.subscriptions.all.size === Object.keys(shopify.manifest.topics).length)
})

afterEach(async () => {
  await hub.stop()
  await shop.close()
  rmSync(dataDir, { recursive: true, force: true })
})

async function warehouseTells(topic: string, body: Record<string, unknown>): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(body))
  const url = `${hub.url}/webhooks/acme-shipbob`
  const delivery = {
    topic,
    body: bytes,
    secret: WAREHOUSE_SECRET,
    at: Date.now(),
    deliveryId: `d-${topic}`,
    url,
  }
  const headers = signShipbob(delivery as Parameters<typeof signShipbob>[0])
  const { status } = await call(url, { method: 'POST', body: bytes.toString(), headers })
  expect(status).toBe(200)
}

type Order = ReturnType<ShopifySimulator['placeOrder']>

/** The warehouse has packed the whole order into one parcel. */
async function shipped(order: Order): Promise<void> {
  await warehouseTells('order.shipped', {
    ...{ id: 880_001, order_id: 770_001, status: 'Completed' },
    reference_id: `acme:acme-shopify:${order.id}`,
    created_date: new Date(Date.now() - 3_600_000).toISOString(),
    last_update_at: new Date().toISOString(),
    location: { id: 8, name: 'Cicero (IL)' },
    products: order.line_items.map(({ sku, title, quantity }, index) => ({
      ...{ id: index, name: title, sku },
      inventory_items: [{ id: index, name: title, quantity }],
    })),
    tracking: { carrier: 'UPS', tracking_number: NUMBER, shipping_date: new Date().toISOString() },
  })
}

/** Of today: much older scans would be those of an earlier parcel with the same number. */
const LAST_HOUR = Math.floor(Date.now() / 60_000) * 60_000 - 3_600_000
const scanTime = (minute: number): string =>
  new Date(LAST_HOUR + minute * 60_000).toISOString().replace('.000', '')

/** One scan of the carrier; it tells only the newest. */
async function scanned(status: string, minute: number): Promise<void> {
  const at = scanTime(minute)
  const body = Buffer.from(
    JSON.stringify({
      ...{ id: `evt_${minute}`, object: 'Event', description: 'tracker.updated', created_at: at },
      result: {
        ...{ id: 'trk_1', object: 'Tracker', tracking_code: NUMBER, carrier: 'UPS', status, updated_at: at },
        tracking_details: [{ object: 'TrackingDetail', message: status, status, datetime: at }],
      },
    }),
  )
  const headers = { 'content-type': 'application/json', ...signEasypost(body, CARRIER_SECRET) }
  const url = `${hub.url}/webhooks/acme-easypost`
  const { status: answered } = await call(url, { method: 'POST', body: body.toString(), headers })
  expect(answered).toBe(200)
}

describe('tracking from the warehouse', () => {
  it('becomes a fulfilment of the shop’s order, and its webhook is known as our own', async () => {
    const order = shop.placeOrder()
    await shipped(order)
    await shop.deliver()
    const fulfillments = () => shop.orders.get(order.id)!.fulfillments
    await until(() => fulfillments().length > 0)
    expect(fulfillments()).toMatchObject([{ tracking_numbers: [NUMBER], tracking_company: 'UPS' }])
    expect(shop.orders.get(order.id)!.fulfillment_status).toBe('fulfilled')

    await shop.deliver()
    const skipped = async () => {
      const { items } = await hub.base.store.messages.list({ state: 'skipped' })
      return items.some(({ topic, reason }) => topic === 'fulfillments/create' && reason === 'ECHO')
    }
    await until(skipped)
  }, 30_000)

  it('and scans of the carrier, doubled and in no order, end as delivered at the shop', async () => {
    const order = shop.placeOrder()
    // The carrier may be faster than the warehouse.
    await scanned('in_transit', 10)
    await shipped(order)
    await scanned('delivered', 40)
    for (const [status, minute] of [
      ['out_for_delivery', 30],
      ['delivered', 40],
      ['in_transit', 10],
    ] as const)
      await scanned(status, minute)
    await shop.deliver()
    const fulfillments = () => shop.orders.get(order.id)!.fulfillments
    await until(() => fulfillments()[0]?.shipment_status === 'delivered')
    expect(fulfillments()).toHaveLength(1)
    const { items } = await hub.base.store.documents.list({
      resource: 'shipment',
      connection: 'acme-shipbob',
    })
    expect(items.map(({ body }) => body)).toMatchObject([
      {
        status: 'delivered',
        packages: [
          {
            events: [
              { status: 'in-transit', at: scanTime(10) },
              { status: 'out-for-delivery', at: scanTime(30) },
              { status: 'delivered', at: scanTime(40) },
            ],
          },
        ],
      },
    ])
  }, 30_000)
})
