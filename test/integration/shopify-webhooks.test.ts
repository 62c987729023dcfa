import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { shopify } from '#connectors/storefronts/shopify/connector.ts'
import { createShopifySimulator, type ShopifySimulator } from '#connectors/storefronts/shopify/simulator.ts'
import type { ConnectorContext, RawMessage, Received } from '#core/contracts/connector.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { connection, SECRET, SHOP, seeded } from '#test/unit/connectors/shopify/context.ts'

let clock: ManualClock
let shop: ShopifySimulator
let hub: Server
let url: string
let status: number
let accepted: RawMessage[]
let refused: Received[]

/** The smallest hub: verifies, keeps what holds, answers. */
beforeEach(async () => {
  clock = new ManualClock()
  accepted = []
  refused = []
  status = 200
  hub = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const result = await shopify.receive!(
      {
        method: 'POST',
        target: request.url!,
        url,
        headers: plain(request.headers),
        body: Buffer.concat(chunks),
        receivedAt: clock.now(),
      },
      connection(),
      {} as ConnectorContext,
    )
    if (result.ok && status === 200) accepted.push(...result.messages)
    if (!result.ok) refused.push(result)
    response.writeHead(result.ok ? status : result.status).end()
  })
  await new Promise<void>(resolve => hub.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(hub.address() as AddressInfo).port}/webhooks/acme-shopify`
  shop = createShopifySimulator({ clock, random: seeded(), shop: SHOP, secret: SECRET })
  shop.subscribe(url)
})

afterEach(async () => {
  await shop.close()
  hub.closeAllConnections()
  await new Promise(resolve => hub.close(resolve))
})

const plain = (headers: IncomingHttpHeaders) => headers as Record<string, string>
const topics = () => accepted.map(message => message.topic).sort()
const eventIds = () => new Set(accepted.map(message => message.headers['x-shopify-event-id']))

describe('the simulated shop', () => {
  it('sends signed webhooks that the connector accepts, one event id for one action', async () => {
    const order = shop.placeOrder()
    await shop.deliver()
    expect(topics()).toEqual(['orders/create', 'orders/updated'])
    expect(eventIds().size).toBe(1)
    expect(JSON.parse(accepted[0]!.body.toString())).toEqual(order)
    expect(new Set(accepted.map(message => message.dedupeKey)).size).toBe(2)
    expect(refused).toEqual([])
  })

  it.each([
    ['pay', ['orders/paid', 'orders/updated']],
    ['edit', ['orders/edited', 'orders/updated']],
    ['cancel', ['orders/cancelled', 'orders/updated', 'refunds/create']],
  ] as const)('sends for %s what Shopify sends', async (action, expected) => {
    const order = shop.placeOrder()
    await shop.deliver()
    accepted = []
    shop.changeOrder(order.id, action)
    await shop.deliver()
    expect(topics()).toEqual([...expected])
  })

  it('ships and refunds with documents of their own', async () => {
    const order = shop.placeOrder()
    for (const action of ['pay', 'fulfil', 'fulfil', 'refund'] as const) shop.changeOrder(order.id, action)
    await shop.deliver()
    expect(topics()).toEqual(
      expect.arrayContaining(['fulfillments/create', 'orders/fulfilled', 'refunds/create']),
    )
  })

  it('tells of stock and products', async () => {
    shop.setStock({ inventoryItem: 5, available: 3 })
    shop.putProduct({ id: 1, title: 'Tent' })
    shop.putProduct({ id: 1, title: 'Ridge tent' })
    shop.removeProduct(1)
    await shop.deliver()
    expect(topics()).toEqual([
      'inventory_levels/update',
      'products/create',
      'products/delete',
      'products/update',
    ])
  })

  it('sends duplicates under the same dedupe key', async () => {
    shop.placeOrder()
    await shop.deliver({ duplicate: 1 })
    expect(accepted).toHaveLength(4)
    expect(new Set(accepted.map(message => message.dedupeKey)).size).toBe(2)
  })

  it('can send in any order and hold webhooks back', async () => {
    for (let n = 0; n < 20; n++) shop.placeOrder()
    const first = await shop.deliver({ shuffle: true, holdBack: 0.5 })
    expect(first.pending).toBeGreaterThan(0)
    await shop.deliver({ shuffle: true })
    expect(accepted).toHaveLength(40)
    const times = accepted.map(message => message.eventAt!)
    expect(times).not.toEqual([...times].sort((a, b) => a - b))
  })

  it('repeats the first payload until the hub takes it', async () => {
    const order = shop.placeOrder()
    status = 503
    await shop.deliver()
    shop.changeOrder(order.id, 'pay')
    status = 200
    await clock.advance(shop.outbox.nextAt()! - clock.now())
    await clock.advance(10_000)
    await shop.deliver()
    const created = accepted.find(message => message.topic === 'orders/create')!
    expect(JSON.parse(created.body.toString())).toMatchObject({ financial_status: 'pending' })
  })

  it('gives up after eight retries in four hours and removes the subscription', async () => {
    shop.placeOrder()
    status = 500
    const start = clock.now()
    let requests = 0
    for (let next = shop.outbox.nextAt(); next !== null; next = shop.outbox.nextAt()) {
      await clock.advance(next - clock.now())
      requests += (await shop.deliver()).requests
    }
    expect(requests).toBe(2 * 9)
    expect(clock.now() - start).toBeLessThanOrEqual(4 * 3_600_000)
    expect([...shop.subscriptions.all.values()].map(({ topic }) => topic)).not.toContain('orders/create')
  })
})
