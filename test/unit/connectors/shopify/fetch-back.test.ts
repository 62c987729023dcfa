import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { RETURN_THAT_IS_THERE } from '#connectors/storefronts/shopify/conformance-samples.ts'
import { shopify } from '#connectors/storefronts/shopify/connector.ts'
import { decode } from '#connectors/storefronts/shopify/decode.ts'
import { PRIVACY_TOPICS } from '#connectors/storefronts/shopify/privacy.ts'
import { ARTICLES } from '#connectors/storefronts/shopify/simulator/catalogue.ts'
import { LOCATION } from '#connectors/storefronts/shopify/simulator/refund-lines.ts'
import { connection } from './context.ts'
import { type OpenShop, openShop } from './shop.ts'

let opened: OpenShop

beforeEach(async () => {
  opened = await openShop()
})

afterEach(() => opened.close())

const decoded = (topic: string, body: unknown, context = opened.polling) =>
  decode(
    { topic, dedupeKey: 'k', headers: {}, body: Buffer.from(JSON.stringify(body)), via: 'webhook' },
    context,
  )

const withoutToken = () => ({
  ...opened.polling,
  connection: connection({ secrets: { accessToken: [] } }),
})

describe('what a webhook leaves out is fetched', () => {
  const item = ARTICLES[0]!.inventoryItem
  const level = (gid = `gid://shopify/InventoryLevel/${LOCATION}?inventory_item_id=${item}`) => ({
    inventory_item_id: item,
    location_id: LOCATION,
    available: 25,
    admin_graphql_api_id: gid,
  })

  it('stock with its SKU and every state', async () => {
    expect(await decoded('inventory_levels/update', level())).toMatchObject({
      topic: 'graphql/inventory_level',
      records: [{ item: { sku: ARTICLES[0]!.sku }, location: { name: 'Warehouse' } }],
    })
  })

  it('stock stays what the webhook said where the level is gone, or nothing may be asked', async () => {
    const gone = level('gid://shopify/InventoryLevel/1?inventory_item_id=2')
    expect(await decoded('inventory_levels/update', gone)).toEqual({ records: [gone] })
    expect(await decoded('inventory_levels/update', level(), withoutToken())).toEqual({ records: [level()] })
  })

  it('a product as the poll gives it: with weight, tracking and every variant', async () => {
    const variants = Array.from({ length: 120 }, (_, n) => ({
      ...{ id: 4_000 + n, title: `Size ${n}`, sku: `SIZE-${n}`, price: '9.90', position: n + 1, grams: 80 },
      ...{ option1: `${n}`, inventory_item_id: 9_000 + n, inventory_management: 'shopify' },
    }))
    const options = [{ id: 1, name: 'Size', position: 1, values: ['0'] }]
    opened.shop.putProduct({ id: 788, title: 'Sock', handle: 'sock', options, variants })
    const fetched = await decoded('products/update', {
      id: 788,
      title: 'Sock',
      variants: variants.slice(0, 100),
    })
    expect(fetched).toMatchObject({ topic: 'graphql/product', records: [{ currencyCode: 'USD' }] })
    const polled: unknown[] = []
    for await (const { messages } of shopify.poll!('product', null, opened.polling))
      for (const { body } of messages) polled.push(JSON.parse(body.toString()))
    expect(fetched).toMatchObject({ records: polled })
    expect((polled as { variants: { nodes: unknown[] } }[])[0]!.variants.nodes).toHaveLength(120)
  })

  it('a product stays what the webhook said where it is gone, or nothing may be asked', async () => {
    const said = { id: 5, title: 'Idea' }
    expect(await decoded('products/create', said)).toEqual({ records: [said] })
    opened.shop.putProduct(said)
    expect(await decoded('products/create', said, withoutToken())).toEqual({ records: [said] })
  })

  it.each(['create', 'update', 'activate', 'deactivate', 'delete'])(
    'nothing of locations/%s: the location comes with its stock',
    async change => {
      expect(await decoded(`locations/${change}`, { id: 7, name: 'Halle 2' })).toMatchObject({
        skip: 'COVERED_ELSEWHERE',
      })
    },
  )

  it('a return whole, by global or plain id', async () => {
    opened.shop.returns.set(RETURN_THAT_IS_THERE.id, RETURN_THAT_IS_THERE)
    for (const body of [{ admin_graphql_api_id: RETURN_THAT_IS_THERE.id }, { id: 945_000_001 }])
      expect(await decoded('returns/close', body)).toMatchObject({
        topic: 'graphql/return',
        records: [{ name: '#900001-R1' }],
      })
  })

  it('a return that is gone, or may not be asked for, is counted', async () => {
    expect(await decoded('returns/close', { id: 1 })).toMatchObject({ skip: 'COVERED_ELSEWHERE' })
    expect(await decoded('returns/close', { id: 1 }, withoutToken())).toMatchObject({
      skip: 'COVERED_ELSEWHERE',
    })
  })
})

describe('a request for a person’s data', () => {
  const request = {
    shop_domain: 'acme.myshopify.com',
    customer: { id: 191_167, email: 'ada@example.com', phone: '+1 202 555 0143' },
    orders_requested: [299_938, 280_263],
    orders_to_redact: [299_938],
    data_request: { id: 9_999 },
  }

  const person = { ids: ['191167'], emails: ['ada@example.com'], phones: ['+1 202 555 0143'] }

  it.each(PRIVACY_TOPICS)('%s says within which time, and in words nobody’s name', async topic => {
    const asked = await decoded(topic, request)
    expect(asked).toMatchObject({ skip: expect.any(String), privacy: { days: 30 } })
    expect(asked).toHaveProperty('detail', expect.not.stringMatching(/ada@|555/))
  })

  it('names customer, orders and the number of the request', async () => {
    expect(await decoded('customers/data_request', request)).toEqual({
      skip: 'PRIVACY_REQUEST',
      detail: expect.stringMatching(/customer 191167 and of the orders 299938, 280263.*request 9999/),
      privacy: {
        ...{ act: 'hand-over', days: 30, reference: '9999' },
        person: { ...person, orders: ['299938', '280263'] },
      },
    })
  })

  it('to redact a customer names the orders to redact; to redact a shop means everybody, and nothing else does', async () => {
    expect(await decoded('customers/redact', request)).toMatchObject({
      privacy: { act: 'erase', person: { ...person, orders: ['299938'] } },
    })
    const byMail = { customer: { id: null, email: 'ada@example.com', phone: null }, orders_to_redact: [] }
    expect(await decoded('customers/redact', byMail)).toHaveProperty('privacy.person', {
      ...{ ids: [], emails: ['ada@example.com'], phones: [], orders: [] },
    })
    for (const body of [{}, { customer: null }])
      expect(await decoded('customers/redact', body)).toHaveProperty('privacy.person.ids', [])
    expect(await decoded('shop/redact', request)).not.toHaveProperty('privacy.person')
  })
})

describe('stock by poll', () => {
  it('brings every place, in pages, and then only what changed', async () => {
    const { shop, polling, advance } = opened
    const count = 230
    for (let item = 1; item <= count; item++)
      shop.setStock({ inventoryItem: item, location: item % 2 ? LOCATION : 7, available: item })
    const first = await polled(null)
    expect(new Set(first.ids).size).toBe(count + ARTICLES.length)
    let { cursor } = first
    for (const item of [8, 10]) {
      advance(3_600_000)
      shop.setStock({ inventoryItem: item, location: 7, available: 0 })
      const next = await polled(cursor)
      ;({ cursor } = next)
      // What is as old as the overlap is read again; its dedupe key is the one it had.
      if (item === 10) expect(next.ids.map(id => id.split('=')[1])).toEqual(['8', '10'])
    }

    async function polled(cursor: string | null) {
      const ids: string[] = []
      let last = cursor
      for await (const page of shopify.poll!('inventory', cursor, polling)) {
        ids.push(...page.messages.map(({ body }) => (JSON.parse(String(body)) as { id: string }).id))
        last = page.cursor
      }
      return { ids, cursor: last }
    }
  })
})
