import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { shopify } from '#connectors/storefronts/shopify/connector.ts'
import type { ShopifySimulator } from '#connectors/storefronts/shopify/simulator.ts'
import type { TestContext } from '#test/unit/connectors/shopify/context.ts'
import { openShop } from '#test/unit/connectors/shopify/shop.ts'

const CALLBACK = 'https://hub.example.com/webhooks/acme-shopify'
const TOPICS = Object.keys(shopify.manifest.topics)

let shop: ShopifySimulator
let context: TestContext
let close: () => Promise<void>

beforeEach(async () => {
  ;({ shop, polling: context, close } = await openShop())
})

afterEach(() => close())

const subscribe = () => shopify.subscribe!(CALLBACK, context)
const addressed = (uri: string) =>
  [...shop.subscriptions.all.values()].filter(subscription => subscription.uri === uri)

describe('subscribe', () => {
  it('registers every topic of the manifest in a new shop', async () => {
    expect(await subscribe()).toEqual({ present: [], created: TOPICS, repaired: [] })
    expect(addressed(CALLBACK).map(({ topic }) => topic)).toEqual(TOPICS)
  })

  it('changes nothing the second time', async () => {
    await subscribe()
    expect(await subscribe()).toEqual({ present: TOPICS, created: [], repaired: [] })
    expect(shop.subscriptions.all.size).toBe(TOPICS.length)
  })

  it('creates again what Shopify removed', async () => {
    await subscribe()
    const [gone] = addressed(CALLBACK)
    shop.subscriptions.remove(gone!.id)
    expect(await subscribe()).toMatchObject({ created: [gone!.topic], repaired: [] })
  })

  it('repairs the address after the hub moved to another host', async () => {
    shop.subscriptions.add({ topic: 'orders/create', uri: 'https://old.example.com/webhooks/acme-shopify' })
    expect(await subscribe()).toMatchObject({ repaired: ['orders/create'] })
    expect(addressed('https://old.example.com/webhooks/acme-shopify')).toEqual([])
  })

  it('repairs a subscription that leaves out orders or fields', async () => {
    shop.subscriptions.add({ topic: 'orders/create', uri: CALLBACK, filter: 'total_price:>100' })
    shop.subscriptions.add({ topic: 'orders/paid', uri: CALLBACK, includeFields: ['id'] })
    shop.subscriptions.add({ topic: 'orders/updated', uri: CALLBACK, format: 'XML' })
    expect((await subscribe()).repaired.sort()).toEqual(['orders/create', 'orders/paid', 'orders/updated'])
    for (const { filter, includeFields, format } of addressed(CALLBACK)) {
      expect({ filter: filter ?? '', includeFields, format }).toEqual({
        filter: '',
        includeFields: [],
        format: 'JSON',
      })
    }
  })

  it('leaves the addresses of others alone', async () => {
    shop.subscriptions.add({ topic: 'orders/create', uri: 'https://hub.example.com/webhooks/another' })
    shop.subscriptions.add({ topic: 'orders/create', uri: 'pubsub://project:orders' })
    expect(await subscribe()).toMatchObject({ created: TOPICS })
    expect(shop.subscriptions.all.size).toBe(TOPICS.length + 2)
  })

  it('says what Shopify dislikes about the address', async () => {
    await expect(shopify.subscribe!('ftp://hub.example.com/webhooks/x', context)).rejects.toMatchObject({
      code: 'PARTNER_REFUSED',
      detail: expect.stringContaining('Address is invalid'),
    })
  })

  it('subscribes the others where the app lacks the scope of one topic, and names it', async () => {
    const poor = await openShop({ scopes: ['read_orders'] })
    await expect(shopify.subscribe!(CALLBACK, poor.polling)).rejects.toMatchObject({
      code: 'PARTNER_REFUSED',
      detail: expect.stringContaining('returns/request'),
    })
    const made = [...poor.shop.subscriptions.all.values()].map(({ topic }) => topic)
    expect(made.sort()).toEqual(TOPICS.filter(topic => !topic.startsWith('returns/')).sort())
    await poor.close()
  })
})
