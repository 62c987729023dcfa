import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { ebay } from '#connectors/marketplaces/ebay/connector.ts'
import { skuOf } from '#connectors/marketplaces/ebay/simulator/draw-order.ts'
import type { RawMessage } from '#core/contracts/connector.ts'
import type { Mapper, Plan } from '#core/contracts/mapper.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { loadMappings, loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { type EbayAccount, HOOK, NOW, openEbayAccount } from './ebay-account.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))

describe('what comes from eBay', () => {
  let account: EbayAccount

  beforeEach(async () => {
    account = await openEbayAccount()
  })
  afterEach(() => account.close())

  let mapper: Mapper
  let planFor: (topic: string) => Plan

  beforeAll(async () => {
    mapper = createMapper({ schemas: await loadSchemas(MAPPINGS) })
    const { byTopic } = await loadMappings(MAPPINGS, mapper, file => file.startsWith('marketplaces/ebay/'))
    planFor = topic => byTopic.get(`ebay ${topic}`)!
  })

  const documentsOf = async (message: RawMessage) => {
    const decoded = await ebay.decode!({ ...message, via: 'webhook' }, account.context())
    if ('skip' in decoded) return decoded
    return decoded.records.map(record => {
      const plan = planFor(message.topic)
      const run = mapper.run(plan, record, {
        bindings: { topic: message.topic, headers: {}, connection: { id: 'c', tenant: 't', settings: {} } },
      })
      if (!run.ok) throw new Error(JSON.stringify(run))
      expect(checkInvariants(plan.target!, run.output.body)).toEqual([])
      return run.output
    })
  }

  describe('notifications', () => {
    it('the address is proven by its challenge before anything is subscribed to', async () => {
      const { created } = await ebay.subscribe!(HOOK, account.context())
      expect(created).toEqual(['ORDER_CONFIRMATION', 'ITEM_MARKED_SHIPPED'])
      expect(account.asked).toContain('PUT /commerce/notification/v1/config')
      expect([...account.notifications.destinations.values()]).toMatchObject([
        { status: 'ENABLED', deliveryConfig: { endpoint: HOOK } },
      ])
    })

    it('a destination that eBay marked down is brought back with its subscriptions', async () => {
      await ebay.subscribe!(HOOK, account.context())
      account.drop()
      const again = await ebay.subscribe!(HOOK, account.context())
      expect(again).toMatchObject({
        present: [],
        created: [],
        repaired: ['ORDER_CONFIRMATION', 'ITEM_MARKED_SHIPPED'],
      })
      expect(account.notifications.destinations.size).toBe(1)
    })

    it('the lines of an order tell of it one by one; each brings the same whole order', async () => {
      const { orderId } = account.seller.addOrder(account.time.now)
      const first = await account.notified({ topic: 'ORDER_CONFIRMATION', id: 'n-1', orderId })
      const second = await account.notified({ topic: 'ORDER_CONFIRMATION', id: 'n-2', orderId })
      expect(first.dedupeKey).not.toBe(second.dedupeKey)
      const [one, other] = [await documentsOf(first), await documentsOf(second)]
      expect(one).toMatchObject([{ externalId: orderId, body: { lines: [{ sku: skuOf(1) }, {}] } }])
      expect(other).toEqual(one)
    })

    it('eBay’s own repetition has the key that it had', async () => {
      const { orderId } = account.seller.addOrder(account.time.now)
      const [first, again] = [
        await account.notified({ topic: 'ORDER_CONFIRMATION', id: 'n-1', orderId }),
        await account.notified({ topic: 'ORDER_CONFIRMATION', id: 'n-1', orderId, attempt: 2 }),
      ]
      expect(again.dedupeKey).toBe(first.dedupeKey)
    })

    it('the public key is asked for once an hour, with one token of the app', async () => {
      const { orderId } = account.seller.addOrder(account.time.now)
      for (let n = 1; n <= 3; n++)
        await account.notified({ topic: 'ORDER_CONFIRMATION', id: `n-${n}`, orderId })
      const path = `GET /commerce/notification/v1/public_key/${account.key.keyId}`
      expect(account.asked).toEqual(['POST /identity/v1/oauth2/token', path])
      account.time.now += 3_600_001
      await account.notified({ topic: 'ORDER_CONFIRMATION', id: 'n-4', orderId })
      expect(account.asked.slice(2)).toEqual([path])
    })

    it('an order that eBay does not have is counted, not parked', async () => {
      const message = await account.notified({
        topic: 'ORDER_CONFIRMATION',
        id: 'n-1',
        orderId: '99-99999-99999',
      })
      expect(await documentsOf(message)).toMatchObject({ skip: 'SOURCE_SKIPPED' })
    })

    it('every parcel of an order that was marked as shipped is a shipment with what is in it', async () => {
      const order = account.seller.addOrder(account.time.now)
      const [line] = order.lineItems
      const parcel = (number: string) => ({
        shipmentTrackingNumber: number,
        shippingCarrierCode: 'USPS',
        shippedDate: '2026-11-20T08:00:00.000Z',
        lineItems: [{ lineItemId: line!.lineItemId, quantity: 1 }],
      })
      for (const number of ['9400000001', '9400000002']) account.seller.ship(order, parcel(number))
      const documents = await documentsOf(
        await account.notified({ topic: 'ITEM_MARKED_SHIPPED', id: 'n-1', orderId: order.orderId }),
      )
      expect(documents).toMatchObject([
        { externalId: `${order.orderId}/9400000001`, body: { lines: [{ sku: skuOf(1), quantity: 1 }] } },
        { externalId: `${order.orderId}/9400000002` },
      ])
    })
  })

  describe('polled orders', () => {
    it('more than a page in one millisecond are all read', async () => {
      for (let n = 0; n < 450; n++) account.seller.addOrder(NOW - 60_000)
      const { keys } = await account.polled(null)
      expect(new Set(keys).size).toBe(450)
    })

    it('a page is never more than eBay gives at once, however many changed', async () => {
      for (let n = 0; n < 900; n++) account.seller.addOrder(NOW - 3_600_000 + n * 10)
      const { pages, keys } = await account.polled(null)
      expect(new Set(keys).size).toBe(900)
      expect(Math.max(...pages.map(({ messages }) => messages.length))).toBeLessThanOrEqual(200)
    })

    it('a quiet account costs one call', async () => {
      account.seller.addOrder(NOW - 60_000)
      const { pages } = await account.polled(null)
      account.asked.length = 0
      account.time.now += 600_000
      await account.polled(pages.at(-1)!.cursor)
      expect(account.asked).toHaveLength(1)
    })
  })
})
