import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { shopify } from '#connectors/storefronts/shopify/connector.ts'
import { generateOrder, type ShopifySimulator } from '#connectors/storefronts/shopify/simulator.ts'
import type { PolledPage } from '#core/contracts/connector.ts'
import { connection, type TestContext } from '#test/unit/connectors/shopify/context.ts'
import { openShop } from '#test/unit/connectors/shopify/shop.ts'

let shop: ShopifySimulator
let polling: TestContext
let advance: (ms: number) => void
let close: () => Promise<void>

beforeEach(async () => {
  ;({ shop, polling, advance, close } = await openShop())
})

afterEach(() => close())

async function polled(cursor: string | null, until = Number.POSITIVE_INFINITY): Promise<PolledPage[]> {
  const pages: PolledPage[] = []
  for await (const page of shopify.poll!('order', cursor, polling)) {
    pages.push(page)
    if (pages.length >= until) break
  }
  return pages
}

const idsOf = (pages: PolledPage[]) =>
  pages.flatMap(page =>
    page.messages.map(message => (JSON.parse(message.body.toString()) as { name: string }).name),
  )
const keysOf = (pages: PolledPage[]) => pages.flatMap(page => page.messages.map(message => message.dedupeKey))
const lastCursor = (pages: PolledPage[]) => pages.at(-1)!.cursor

/** Orders that are all of one second. */
const placeTied = (count: number) => Array.from({ length: count }, () => shop.placeOrder())

describe('the poll of orders', () => {
  it('brings every order once, also when a page ends inside one second', async () => {
    placeTied(120)
    const pages = await polled(null)
    expect(pages.length).toBeGreaterThan(1)
    expect(new Set(idsOf(pages)).size).toBe(120)
    expect(idsOf(pages)).toHaveLength(120)
  })

  it('goes on from a cursor in the middle of a pass without loss', async () => {
    placeTied(120)
    const [first] = await polled(null, 1)
    const rest = await polled(first!.cursor)
    expect(new Set([...idsOf([first!]), ...idsOf(rest)]).size).toBe(120)
    expect(idsOf(rest)).toHaveLength(120 - first!.messages.length)
  })

  it('sees an order that changes while the pass runs in its newest state', async () => {
    const [moved] = placeTied(120)
    const [first] = await polled(null, 1)
    advance(5_000)
    shop.changeOrder(moved!.id, 'pay')
    const rest = await polled(first!.cursor)
    expect(idsOf(rest)).toContain(moved!.name)
    expect(idsOf(rest)).toHaveLength(120 - first!.messages.length + 1)
  })

  it('reads the overlap again, under the keys it had', async () => {
    placeTied(3)
    advance(60_000)
    shop.placeOrder()
    const first = await polled(null)
    advance(60_000)
    const fresh = shop.placeOrder()
    const second = await polled(lastCursor(first))
    expect(idsOf(second)).toHaveLength(5)
    expect(keysOf(second).filter(key => !keysOf(first).includes(key))).toEqual([
      expect.stringContaining(`/${fresh.id}|`),
    ])
  })

  it('leaves out what lies before the overlap', async () => {
    placeTied(3)
    advance(600_000)
    const late = shop.placeOrder()
    const first = await polled(null)
    expect(idsOf(await polled(lastCursor(first)))).toEqual([late.name])
  })

  it('gives a second change within one second a key of its own', async () => {
    const [order] = placeTied(1)
    const first = await polled(null)
    shop.changeOrder(order!.id, 'pay')
    expect(shop.orders.get(order!.id)!.updated_at).toBe(order!.updated_at)
    const second = await polled(lastCursor(first))
    expect(keysOf(second)).not.toEqual(keysOf(first))
  })

  it('asks again from the same place while nothing changes', async () => {
    placeTied(2)
    const first = await polled(null)
    const second = await polled(lastCursor(first))
    expect(lastCursor(second)).toBe(lastCursor(first))
  })

  it('starts where the settings say', async () => {
    placeTied(2)
    advance(3_600_000)
    const late = shop.placeOrder()
    const base = polling.connection.settings['apiBaseUrl']
    polling = {
      ...polling,
      connection: connection({ settings: { apiBaseUrl: base, pollFrom: '2026-01-15T12:30:00Z' } }),
    }
    expect(idsOf(await polled(null))).toEqual([late.name])
  })

  it('cuts no order: the rest of a long one is fetched', async () => {
    const order = generateOrder(Math.random, 900, { at: polling.now() })
    const [line] = order.line_items
    order.line_items = Array.from({ length: 180 }, (_, index) => ({
      ...line!,
      id: line!.id + index,
      admin_graphql_api_id: `gid://shopify/LineItem/${line!.id + index}`,
    }))
    shop.placeOrder(order)
    const [page] = await polled(null)
    const { lineItems } = JSON.parse(page!.messages[0]!.body.toString()) as {
      lineItems: { nodes: { id: string }[] }
    }
    expect(new Set(lineItems.nodes.map(node => node.id)).size).toBe(180)
  })

  it('refuses an order whose refunds do not fit into one answer', async () => {
    const order = shop.placeOrder()
    const paid = shop.changeOrder(order.id, 'pay')
    const refunded = shop.changeOrder(paid.id, 'refund')
    const [refund] = refunded.refunds
    refunded.refunds = Array.from({ length: 60 }, (_, index) => ({ ...refund!, id: refund!.id + index }))
    await expect(polled(null)).rejects.toMatchObject({
      code: 'PARTNER_ANSWER_INVALID',
      detail: expect.stringContaining('refunds'),
    })
  })

  it('never meets an empty bucket: it waits before Shopify has to say so', async () => {
    await close()
    ;({ shop, polling, advance, close } = await openShop({ bucket: { size: 400, restoreRate: 10 } }))
    placeTied(600)
    const pages = await polled(null)
    expect(idsOf(pages)).toHaveLength(600)
    expect(polling.slept.length).toBeGreaterThan(0)
    expect(shop.throttled()).toBe(0)
  })

  it('fetches an edited order whole', async () => {
    const order = shop.placeOrder()
    const edited = shop.changeOrder(order.id, 'edit')
    const body = Buffer.from(JSON.stringify({ order_edit: { id: 1, order_id: order.id } }))
    const decoded = await shopify.decode!(
      { topic: 'orders/edited', dedupeKey: 'k', headers: {}, body, via: 'webhook' },
      polling,
    )
    expect(decoded).toMatchObject({
      topic: 'graphql/order',
      records: [{ name: order.name, lineItems: { nodes: { length: edited.line_items.length } } }],
    })
  })
})

describe('the probe', () => {
  it('says which shop it reached', async () => {
    expect(await shopify.probe!(polling)).toEqual({
      ok: true,
      detail: 'Connected to acme (acme.myshopify.com).',
    })
  })

  it('refuses a token of another shop', async () => {
    const base = polling.connection.settings['apiBaseUrl']
    polling = {
      ...polling,
      connection: connection({ settings: { apiBaseUrl: base, shop: 'other.myshopify.com' } }),
    }
    await expect(shopify.probe!(polling)).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
      detail: expect.stringContaining('acme.myshopify.com'),
    })
  })

  it('says what the app cannot do for want of a scope', async () => {
    await close()
    const scopes = ['read_orders', 'read_customers', 'read_products', 'read_locations', 'write_inventory']
    ;({ shop, polling, advance, close } = await openShop({ scopes }))
    const { detail } = await shopify.probe!(polling)
    expect(detail).toContain('returns (read_returns)')
    expect(detail).not.toContain('inventory')
  })

  it('names the scopes that are missing', async () => {
    await close()
    ;({ shop, polling, advance, close } = await openShop({ scopes: ['read_orders'] }))
    await expect(shopify.probe!(polling)).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
      detail: expect.stringContaining('read_customers'),
    })
  })
})
