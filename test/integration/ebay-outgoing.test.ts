import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { responses } from '#connectors/marketplaces/ebay/responses.ts'
import { orderIdOf, skuOf } from '#connectors/marketplaces/ebay/simulator/draw-order.ts'
import { errorFor } from '#connectors/sdk/index.ts'
import { type EbayAccount, openEbayAccount } from './ebay-account.ts'

describe('what eBay is told', () => {
  let account: EbayAccount

  beforeEach(async () => {
    account = await openEbayAccount()
  })
  afterEach(() => account.close())

  describe('parcels told to eBay', () => {
    const parcel = { carrier: 'Royal Mail', trackingNumber: 'AB 123-456 789 GB' }
    const shipment = { status: 'shipped', shippedAt: '2026-11-20T08:00:00Z', lines: [], packages: [parcel] }
    const parcelsOf = (orderId: string) => account.seller.fulfilments.get(orderId) ?? []

    it('a number goes without spaces and hyphens, with eBay’s name of the carrier and all open lines', async () => {
      const order = account.seller.addOrder(account.time.now)
      const { externalId } = await account.push('shipment', shipment, order.orderId)
      expect(externalId).toBe(`${order.orderId}/AB123456789GB`)
      expect(parcelsOf(order.orderId)).toMatchObject([
        { shipmentTrackingNumber: 'AB123456789GB', shippingCarrierCode: 'RoyalMail' },
      ])
      expect(order.orderFulfillmentStatus).toBe('FULFILLED')
    })

    it('a parcel that the seller entered at eBay is taken over', async () => {
      const order = account.seller.addOrder(account.time.now)
      await account.push('shipment', shipment, order.orderId)
      const spelled = { ...shipment, packages: [{ ...parcel, trackingNumber: 'ab123456789gb' }] }
      await account.push('shipment', spelled, order.orderId)
      expect(parcelsOf(order.orderId)).toHaveLength(1)
    })

    it('two parcels share the lines as the warehouse packed them', async () => {
      const order = account.seller.addOrder(account.time.now)
      const packages = [
        { trackingNumber: 'ONE1', carrier: 'ups', lines: [{ sku: skuOf(1), quantity: 1 }] },
        { trackingNumber: 'TWO2', carrier: 'Pigeon Post', lines: [{ sku: 'CARD-1', quantity: 1 }] },
      ]
      await account.push('shipment', { ...shipment, packages }, order.orderId)
      const [mug, card] = order.lineItems
      expect(parcelsOf(order.orderId)).toMatchObject([
        { shippingCarrierCode: 'UPS', lineItems: [{ lineItemId: mug!.lineItemId, quantity: 1 }] },
        { shippingCarrierCode: 'Other', lineItems: [{ lineItemId: card!.lineItemId, quantity: 1 }] },
      ])
    })

    it('a label alone is not told, and an order of somebody else is refused', async () => {
      const order = account.seller.addOrder(account.time.now)
      await expect(
        account.push('shipment', { ...shipment, status: 'label-created' }, order.orderId),
      ).rejects.toMatchObject({ code: 'SOURCE_SKIPPED' })
      await expect(account.push('shipment', shipment, orderIdOf(99))).rejects.toMatchObject({
        code: 'PARTNER_REFUSED',
      })
      await expect(account.push('shipment', shipment)).rejects.toMatchObject({ fingerprint: 'order' })
    })
  })

  describe('stock told to eBay', () => {
    it('the article and its live offers get the figure, a draft keeps its own', async () => {
      const item = account.seller.addItem('MUG-1', 1)
      item.offers.push({ offerId: 'draft', availableQuantity: 1, status: 'UNPUBLISHED' })
      const { externalId } = await account.push('inventory', { sku: 'MUG-1', available: 7.9 })
      expect(externalId).toBe('MUG-1')
      expect(item).toMatchObject({
        quantity: 7,
        offers: [{ availableQuantity: 7 }, { availableQuantity: 1 }],
      })
    })

    it('articles share no offer', async () => {
      const items = Array.from({ length: 101 }, (_, n) => account.seller.addItem(`CUP-${n + 1}`, 1))
      const ids = items.flatMap(({ offers }) => offers.map(({ offerId }) => offerId))
      expect(new Set(ids).size).toBe(101)
    })

    it('an article without offers is no mistake; less than nothing is nothing', async () => {
      const item = account.seller.addItem('MUG-2', 3)
      item.offers.length = 0
      await account.push('inventory', { sku: 'MUG-2', available: -4 })
      expect(item.quantity).toBe(0)
    })

    it('a line that eBay refuses inside an answer that went well is refused', async () => {
      await expect(account.push('inventory', { sku: 'UNKNOWN', available: 1 })).rejects.toMatchObject({
        code: 'PARTNER_REFUSED',
        detail: expect.stringContaining('25702'),
      })
    })

    describe('a listing that was revised 250 times today', () => {
      const figure = (available: number) => account.push('inventory', { sku: 'MUG-3', available })

      beforeEach(async () => {
        account.seller.addItem('MUG-3', 5).revisions = { day: '2026-11-20', count: 249 }
        await figure(250)
      })

      it('waits with its figure, at no cost of attempts, and others are written', async () => {
        account.seller.addItem('MUG-4', 5)
        await expect(figure(7)).rejects.toMatchObject({
          ...{ code: 'DAILY_LIMIT_SPENT', recovery: 'wait', retryAfterMs: 1_800_000 },
          detail: expect.stringContaining('25002'),
        })
        await account.push('inventory', { sku: 'MUG-4', available: 7 })
        expect(account.seller.items.get('MUG-3')).toMatchObject({ quantity: 250 })
        expect(account.seller.items.get('MUG-4')).toMatchObject({ quantity: 7 })
      })

      it('takes the newest figure once the day has turned', async () => {
        await expect(figure(7)).rejects.toMatchObject({ code: 'DAILY_LIMIT_SPENT' })
        account.seller.items.get('MUG-3')!.revisions.day = '2026-11-19'
        await figure(6)
        expect(account.seller.items.get('MUG-3')).toMatchObject({ quantity: 6 })
      })
    })

    it.each([
      ['its own number', { errorId: 21_919_165, message: 'Dépassé.' }],
      ['a number among the parameters', { errorId: 25_002, parameters: [{ name: '0', value: '21919165' }] }],
      ['a sentence', { errorId: 25_002, longMessage: 'This item was revised 250 times today.' }],
    ])('the limit of a day is known by %s', (_how, error) => {
      const answer = { status: 400, headers: {}, body: { errors: [error] } }
      expect(errorFor(responses, answer, 0)).toMatchObject({ code: 'DAILY_LIMIT_SPENT', recovery: 'wait' })
    })

    it('a refusal that speaks of revisions alone is a refusal', () => {
      const error = { errorId: 25_002, message: 'The listing cannot be revised.' }
      const answer = { status: 400, headers: {}, body: { errors: [error] } }
      expect(errorFor(responses, answer, 0)).toMatchObject({ code: 'PARTNER_REFUSED' })
    })
  })
})
