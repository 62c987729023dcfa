import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { woocommerce } from '#connectors/storefronts/woocommerce/connector.ts'
import { startWooSimulator, type WooSimulator } from '#connectors/storefronts/woocommerce/simulator.ts'
import { metaOf, trackingsIn } from '#connectors/storefronts/woocommerce/trackings.ts'
import type { ConnectorContext, HttpClient, PushOperation } from '#core/contracts/connector.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'
import { sentApart } from '#core/resilience/sent-apart.ts'

const AT = Date.UTC(2026, 4, 12, 9, 30)
const SHOP = 'https://shop.example'
const KEYS = { consumerKey: 'ck_1', consumerSecret: 'cs_1' }
const clock = { ...systemClock, now: () => AT }

describe('a WooCommerce shop', () => {
  let shop: WooSimulator
  let client: HttpClient & { close(): void }

  beforeEach(async () => {
    shop = await startWooSimulator({ now: () => AT, random: () => 0.42, shopUrl: SHOP, ...KEYS })
    client = createHttpClient({ clock, random: () => 0.5, allowPrivateHosts: ['127.0.0.1'] })
  })
  afterEach(() => {
    client.close()
    return shop.close()
  })

  function contextWith(settings = {}, http: HttpClient = client) {
    return {
      connection: {
        ...{ id: 'woo', tenant: 'acme', connector: 'woocommerce' },
        settings: { shopUrl: SHOP, apiBaseUrl: shop.baseUrl, ...settings },
        secrets: { consumerKey: ['ck_1'], consumerSecret: ['cs_1'] },
      },
      ...{
        http,
        together: sentApart,
        now: () => AT,
        signal: new AbortController().signal,
        log: () => undefined,
      },
    } as unknown as ConnectorContext
  }

  const shipment = (orderId: number, body: Record<string, unknown>, key = 'acme:3pl:1'): PushOperation => ({
    ...{
      resource: 'shipment',
      key,
      revision: 1,
      body,
      externalId: null,
      uncertain: false,
      idempotencyKey: key,
    },
    dependencies: { [`acme:woo:${orderId}`]: String(orderId) },
    sending: () => undefined,
  })

  const parcel = (number: string, lines: unknown[]) => ({
    ...{ status: 'shipped', shippedAt: '2026-05-12T08:00:00Z', lines },
    packages: [{ carrier: 'UPS', trackingNumber: number }],
  })

  describe('whose order is shipped', () => {
    it('is completed by the shipment that brings the last unit, not before', async () => {
      const order = shop.placeOrder(AT)
      const lines = order.line_items.map(({ id, quantity }) => ({ lineId: String(id), quantity }))
      const [first, ...others] = lines
      await woocommerce.push!(shipment(order.id, parcel('1Z1', [first])), contextWith())
      expect(order.status).toBe('processing')
      await woocommerce.push!(shipment(order.id, parcel('1Z2', others), 'acme:3pl:2'), contextWith())
      expect(order.status).toBe('completed')
      expect(trackingsIn(order.meta_data)).toMatchObject([
        { tracking_provider: 'ups', tracking_number: '1Z1', date_shipped: '1778572800' },
        { tracking_provider: 'ups', tracking_number: '1Z2' },
      ])
    })

    it('is left as it is where the setting says so, or where nothing is to be shipped', async () => {
      const [one, other] = [shop.placeOrder(AT), shop.placeOrder(AT)]
      other.status = 'cancelled'
      const all = (order: typeof one) =>
        order.line_items.map(({ id, quantity }) => ({ lineId: String(id), quantity }))
      await woocommerce.push!(shipment(one.id, parcel('1', all(one))), contextWith({ completeOrders: false }))
      await woocommerce.push!(shipment(other.id, parcel('2', all(other))), contextWith())
      expect([one.status, other.status]).toEqual(['processing', 'cancelled'])
    })

    it('keeps the parcels of others, and takes one over that it shows already', async () => {
      const order = shop.placeOrder(AT)
      shop.track(order, 'theirs')
      const known = `JD ${order.id}`
      const { externalId } = await woocommerce.push!(shipment(order.id, parcel(known, [])), contextWith())
      expect(externalId).toBe('theirs')
      await woocommerce.push!(shipment(order.id, parcel('1Z9', []), 'acme:3pl:2'), contextWith())
      expect(trackingsIn(order.meta_data).map(({ tracking_id: id }) => id)).toEqual([
        'theirs',
        expect.stringMatching(/^crossdock-[0-9a-f]{32}$/),
      ])
    })

    it('loses the parcel again when the shipment is cancelled or gets another number', async () => {
      const order = shop.placeOrder(AT)
      await woocommerce.push!(shipment(order.id, parcel('1Z1', [])), contextWith())
      await woocommerce.push!(shipment(order.id, parcel('1Z2', [])), contextWith())
      expect(trackingsIn(order.meta_data).map(({ tracking_number: number }) => number)).toEqual(['1Z2'])
      const cancelled = { ...parcel('1Z2', []), status: 'cancelled' }
      await woocommerce.push!(shipment(order.id, cancelled), contextWith())
      expect(metaOf(order.meta_data, '_wc_shipment_tracking_items')).toEqual([])
    })

    it('is told by one note a number, however often it is pushed', async () => {
      const order = shop.placeOrder(AT)
      const context = contextWith({ trackingBy: 'note' })
      for (let i = 0; i < 3; i++) await woocommerce.push!(shipment(order.id, parcel('1Z1', [])), context)
      expect(shop.notes.get(order.id)).toMatchObject([{ note: 'UPS 1Z1', customer_note: true }])
      expect(trackingsIn(order.meta_data)).toEqual([])
    })
  })

  it('gives all orders of one second, though they fill more than a page', async () => {
    const ids = Array.from({ length: 150 }, () => shop.placeOrder(AT - 60_000).id)
    const read = new Set<number>()
    for await (const { messages } of woocommerce.poll!('order', null, contextWith()))
      for (const { body } of messages) read.add((JSON.parse(body.toString()) as { id: number }).id)
    expect([...read].sort((a, b) => a - b)).toEqual(ids)
  })

  it('does not write a figure that it shows already', async () => {
    const { id } = shop.putProduct({ sku: 'CUP', stock_quantity: 7 }, AT)
    let sent = 0
    const push = (available: number) =>
      woocommerce.push!(
        { ...shipment(1, { sku: 'CUP', available }), resource: 'inventory', sending: () => void sent++ },
        contextWith({ keysIn: 'query' }),
      )
    expect(await push(7)).toMatchObject({ externalId: `${id}@shop` })
    expect([sent, shop.writes.size]).toEqual([0, 0])
    await push(-2)
    expect([sent, shop.products.get(id)?.stock_quantity]).toEqual([1, -2])
  })

  it('disables a webhook after failures without a word; the hub makes it active again', async () => {
    const answers: number[] = []
    const hub = createServer((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(answers.shift() ?? 200).end()
      })
    })
    await new Promise<void>(resolve => hub.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(hub.address() as AddressInfo).port}/in/woo`
    await woocommerce.subscribe!(url, contextWith())
    const order = shop.placeOrder(AT)
    answers.push(500, 500, 500, 500, 500, 500)
    for (let i = 0; i < 6; i++) await shop.deliver({ topic: 'order.created', id: order.id })
    const webhook = [...shop.webhooks.values()].find(({ topic }) => topic === 'order.created')
    expect(webhook?.status).toBe('disabled')
    const { repaired, created, present } = await woocommerce.subscribe!(url, contextWith())
    expect([repaired, created, present.length]).toEqual([['order.created'], [], 7])
    expect(webhook).toMatchObject({ status: 'active', secret: 'cs_1' })
    expect(await shop.ping(webhook!)).toBe(200)
    await new Promise(resolve => hub.close(resolve))
  })

  it('tells the last state of an order in its bin, and that one is gone for good', async () => {
    const order = shop.placeOrder(AT)
    const decoded = (id: number) =>
      woocommerce.decode!(
        {
          topic: 'order.deleted',
          dedupeKey: 'd',
          headers: {},
          body: Buffer.from(`{"id":${id}}`),
          via: 'webhook',
        },
        contextWith(),
      )
    expect(await decoded(order.id)).toMatchObject({
      records: [{ id: order.id, status: 'trash', currency: 'EUR' }],
    })
    expect(await decoded(1)).toMatchObject({ skip: 'NOT_FOUND' })
  })

  it('that prints notices of PHP before its JSON is not half understood', async () => {
    const body = '<br />\n<b>Notice</b>:  Undefined index in /plugin.php<br />\n[{"id":1}]'
    const http: HttpClient = { request: async () => ({ status: 200, headers: {}, body }) }
    await expect(woocommerce.probe!(contextWith({}, http))).rejects.toMatchObject({
      code: 'PARTNER_ANSWER_INVALID',
      detail: expect.stringContaining('WP_DEBUG_DISPLAY'),
    })
  })

  it('whose webhook may not read the record says so', async () => {
    const body = Buffer.from(
      '{"code":"woocommerce_rest_cannot_view","message":"Sorry","data":{"status":401}}',
    )
    const message = { topic: 'order.updated', dedupeKey: 'd', headers: {}, body, via: 'webhook' }
    await expect(woocommerce.decode!(message, contextWith())).rejects.toMatchObject({
      code: 'BODY_UNREADABLE',
      fingerprint: 'woocommerce_rest_cannot_view',
    })
  })
})
