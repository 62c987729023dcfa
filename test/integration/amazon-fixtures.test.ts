import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { decode } from '#connectors/marketplaces/amazon/decode.ts'
import { messageOf } from '#connectors/marketplaces/amazon/queue/notification.ts'
import type { MappedDocument, Mapper, Plan } from '#core/contracts/mapper.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { createValidator, type Validator } from '#core/documents/validate.ts'
import { loadMappings, loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { fixturesDir } from '#test/support/fixtures.ts'
import {
  addressFacts,
  addressFacts2026,
  answering,
  type Json,
  lineFacts,
  OTHER_KINDS,
  offline,
} from './amazon-facts.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))

const root = fixturesDir()
if (root === null) console.warn('Skipped: the folder of real partner payloads is not there (HUB_FIXTURES).')
const suite = root === null ? describe.skip : describe

suite('real payloads of Amazon', () => {
  const folder = join(root ?? '', 'amazon')
  const looked = new Set<string>(Object.keys(OTHER_KINDS))
  let mapper: Mapper
  let validator: Validator
  let planFor: (topic: string) => Plan

  const bytes = (file: string): Buffer => {
    looked.add(file)
    return readFileSync(join(folder, file))
  }
  const json = (file: string): Json => JSON.parse(bytes(file).toString())

  beforeAll(async () => {
    const schemas = await loadSchemas(MAPPINGS)
    validator = createValidator(schemas)
    mapper = createMapper({ schemas })
    const { byTopic } = await loadMappings(MAPPINGS, mapper, file => file.startsWith('marketplaces/amazon/'))
    planFor = topic => byTopic.get(`amazon ${topic}`)!
  })

  /** The way of a message: decoded, mapped, validated, balanced. */
  async function documents(topic: string, body: Buffer): Promise<MappedDocument[]> {
    const decoded = await decode({ topic, dedupeKey: topic, headers: {}, body, via: 'pull' }, offline)
    if ('skip' in decoded) throw new Error(`${topic} is skipped: ${decoded.skip}`)
    return decoded.records.flatMap(record => documentOf(decoded.topic ?? topic, record))
  }

  function documentOf(topic: string, record: unknown): MappedDocument[] {
    const plan = planFor(topic)
    const run = mapper.run(plan, record, {
      bindings: { topic, headers: {}, connection: { id: 'c', tenant: 't', settings: {} } },
    })
    if (!run.ok && 'skipped' in run) return []
    if (!run.ok) throw new Error(run.problems.map(({ message }) => message).join('\n'))
    expect(validator.validate(plan.target!, run.output.body)).toEqual([])
    expect(checkInvariants(plan.target!, run.output.body)).toEqual([])
    return [run.output]
  }

  it.each(['order-4.json', 'order-5.json'])('%s: every fact of an order of 2026-01-01', async file => {
    const [source] = json(file).orders
    const [document] = await documents('orders/2026-01-01', bytes(file))
    const body = document!.body as Json
    expect(document).toMatchObject({
      externalId: source.orderId,
      number: source.orderId,
      revision: Date.parse(source.lastUpdatedTime),
    })
    expect(Date.parse(body.placedAt)).toBe(Date.parse(source.createdTime))
    expect(body.currency).toBe(source.proceeds.grandTotal.currencyCode)
    expect(Number(body.totals.total)).toBe(Number(source.proceeds.grandTotal.amount))
    expect(body.sourceReference).toBe(source.orderAliases[0].aliasId)
    expect(body.salesSource).toBe(source.salesChannel.marketplaceName)
    expect(body.customer).toMatchObject({ name: source.buyer.buyerName, email: source.buyer.buyerEmail })
    expect(addressFacts(body.shippingAddress)).toEqual(addressFacts2026(source.recipient.deliveryAddress))
    expect(body.lines.map(lineFacts)).toEqual(
      source.orderItems.map((item: Json) => [
        item.orderItemId,
        item.product.sellerSku,
        item.product.asin,
        item.product.title,
        item.quantityOrdered,
        Number(item.product.price.unitPrice.amount),
        item.fulfillment.quantityFulfilled,
        item.product.serialNumbers?.join(','),
      ]),
    )
    expect(
      body.fulfilments.map((one: Json) => [one.externalId, one.carrier, one.trackingNumbers, one.lines]),
    ).toEqual(
      (source.packages ?? []).map((one: Json) => [
        one.packageReferenceId,
        one.carrier,
        [one.trackingNumber],
        one.packageItems.map(({ orderItemId: lineId, quantity }: Json) => ({ lineId, quantity })),
      ]),
    )
    expect(Date.parse(body.shipBy)).toBe(Date.parse(source.fulfillment.shipByWindow.latestDateTime))
    expect(body).toMatchObject({ status: 'closed', fulfilmentStatus: 'fulfilled', tags: source.programs })
    expect(body.attributes).toMatchObject({
      marketplaceId: source.salesChannel.marketplaceId,
      fulfilledBy: source.fulfillment.fulfilledBy,
    })
  })

  it('an order of v0 with its items and what a restricted token adds to them', async () => {
    const [order] = json('order-1.json').payload.Orders
    const [item] = json('order-items-1.json').payload.OrderItems
    const [document] = documentOf('orders/v0', { ...order, OrderItems: [item] })
    const body = document!.body as Json
    expect([document!.externalId, Date.parse(body.placedAt)]).toEqual([
      order.AmazonOrderId,
      Date.parse(order.PurchaseDate),
    ])
    expect(body.lines.map(lineFacts)).toEqual([
      [item.OrderItemId, item.SellerSKU, item.ASIN, item.Title, 1, 10, 0, undefined],
    ])
    expect(body.lines[0].taxes).toEqual([{ title: 'Tax', amount: '1.01', channelLiable: false }])
    expect(body).toMatchObject({
      taxesIncluded: false,
      totals: { lines: '10.00', discounts: '0.00', shipping: '0.00', tax: '1.01', total: '11.01' },
      holds: [{ reason: 'buyer-cancel-requested', note: 'Found cheaper somewhere else.' }],
      location: { externalId: 'sampleSupplySourceId' },
      shippingLines: [{ code: 'STANDARD', price: '0.00' }],
      paymentMethods: ['Standard'],
      attributes: { shipServiceLevel: 'Std US D2D Dom', fulfilledBy: 'MERCHANT' },
    })
  })

  it('what a buyer wants of an item: wrapping, a message, something made for them', () => {
    const [order] = json('order-1.json').payload.Orders
    const [{ OrderItemId, ...BuyerInfo }] = json('order-buyerinfo-1.json').payload.OrderItems
    const item = {
      OrderItemId,
      QuantityOrdered: 1,
      Title: 'Cap',
      ItemPrice: { CurrencyCode: 'JPY', Amount: '10' },
      BuyerInfo,
    }
    // The sample has hundredths of a yen: kept, because they are what Amazon wrote.
    const whole = { ...order, OrderTotal: { CurrencyCode: 'JPY', Amount: '11.99' }, OrderItems: [item] }
    const body = documentOf('orders/v0', whole)[0]!.body as Json
    expect(body.fees).toEqual([{ kind: 'gift-wrap', title: 'Gift wrap', amount: '1.99', taxes: [] }])
    expect(body.lines[0]).toMatchObject({
      giftMessage: 'Et toi!',
      properties: [{ name: 'customizedUrl', value: BuyerInfo.BuyerCustomizedInfo.CustomizedURL }],
      attributes: { giftWrapLevel: 'Classic' },
    })
  })

  it('a pending order is left out: it has neither total nor prices', async () => {
    expect(await documents('orders/v0', bytes('order-2.json'))).toEqual([])
  })

  it('an order of two currencies: paid in reais, sold in euros', () => {
    const order = json('order-3.json').payload
    const item = {
      OrderItemId: '1',
      QuantityOrdered: 1,
      QuantityShipped: 1,
      Title: 'One',
      ItemPrice: { CurrencyCode: 'EUR', Amount: '100.00' },
    }
    const body = documentOf('orders/v0', { ...order, OrderItems: [item] })[0]!.body as Json
    expect(body).toMatchObject({
      currency: 'EUR',
      status: 'closed',
      taxesIncluded: true,
      totals: { total: '100.00' },
      payments: [{ amount: '20.00', currency: 'BRL', gateway: 'Pix', reference: '123456' }],
      tags: ['AMAZON_BUSINESS', 'INVOICE_BY_AMAZON'],
      attributes: { fulfilledBy: 'AMAZON' },
    })
  })

  it('notifications are known by their own id, whatever the casing of the envelope', () => {
    for (const file of readdirSync(folder).filter(name => name.startsWith('notification-'))) {
      const envelope = json(file)
      const metadata = envelope.NotificationMetadata ?? envelope.notificationMetadata
      expect(messageOf(bytes(file))).toMatchObject({
        topic: envelope.NotificationType ?? envelope.notificationType,
        dedupeKey: metadata.NotificationId ?? metadata.notificationId,
        eventAt: Date.parse(envelope.EventTime ?? envelope.eventTime),
      })
    }
  })

  it('stock: a listing of the merchant, and ASINs of one hour', async () => {
    const [listing] = await notified('notification-mfn-quantity-change-1.json')
    expect(listing).toMatchObject({
      externalId: 'NLS-SHOES-03@DEFAULT',
      revision: Date.parse('2021-02-03T18:59:30.194Z'),
      body: { sku: 'NLS-SHOES-03', available: 99, location: { externalId: 'DEFAULT', code: 'MFN' } },
    })
    const changes = json('notification-item-inventory-event-1.json').payload.itemInventoryEventChanges
    const items = await notified('notification-item-inventory-event-1.json')
    expect(items.map(({ externalId, body }) => [externalId, body['productId'], body['available']])).toEqual(
      changes.map((one: Json) => [
        `${one.asin}@${one.marketplaceId}`,
        one.asin,
        one.highlyAvailableInventory,
      ]),
    )
  })

  it('a shipment of Multi-Channel Fulfilment with three parcels', async () => {
    const file = 'notification-fulfillment-order-status-1.json'
    const source = json(file).Payload.FulfillmentOrderStatusNotification
    const [document] = await notified(file)
    const body = document!.body as Json
    expect(document!.externalId).toBe(source.FulfillmentShipment.AmazonShipmentId)
    expect(body).toMatchObject({ status: 'shipped', orderNumber: source.SellerFulfillmentOrderId, lines: [] })
    expect(body.packages.map((one: Json) => [one.externalId, one.carrierCode, one.trackingNumber])).toEqual(
      source.FulfillmentShipment.FulfillmentShipmentPackages.map((one: Json) => [
        String(one.PackageNumber),
        one.CarrierCode,
        one.TrackingNumber,
      ]),
    )
  })

  it('all milestones of a parcel', async () => {
    const file = 'notification-shipment-tracking-1.json'
    const detail = json(file).payload.shipmentTrackingMilestoneChangedNotification.trackingDetail
    const [document] = await notified(file)
    const body = document!.body as Json
    expect(document!.externalId).toBe(detail.identifier.aftn)
    expect(body).toMatchObject({ status: 'delivered', deliveredAt: '2026-06-14T01:26:56Z' })
    const [parcel] = body.packages
    expect(parcel).toMatchObject({ trackingNumber: detail.identifier.aftn, trackingUrl: detail.trackingUrl })
    expect(parcel.events.map((event: Json) => [event.at, event.message, event.city])).toEqual(
      detail.milestoneHistory.map((one: Json) => [
        one.occurredAt,
        one.status.description,
        one.location?.address.city,
      ]),
    )
    expect(parcel.events.map((event: Json) => event.status)).not.toContain('unknown')
  })

  it('returns, one document each', async () => {
    const { returns } = json('return-1.json')
    const found = await documents('external-fulfilment/return', bytes('return-1.json'))
    expect(
      found.map(({ externalId, revision, body }: Json) => [
        externalId,
        revision,
        body.orderId,
        body.lines[0].sku,
        body.lines[0].quantity,
        body.trackingNumbers[0],
        body.status,
      ]),
    ).toEqual(
      returns.map((one: Json) => [
        one.id,
        Date.parse(one.lastUpdatedDateTime),
        one.marketplaceChannelDetails.customerOrderId,
        one.merchantSku,
        one.numberOfUnits,
        one.returnShippingInfo.reverseTrackingInfo.trackingId,
        one.status === 'CREATED' ? 'requested' : 'received',
      ]),
    )
  })

  it('a changed order is fetched back, with every item', async () => {
    const file = 'notification-order-change-1.json'
    const asked: string[] = []
    const order = { ...json('order-5.json').orders[0], orderId: '903-8868176-2219830' }
    const context = answering(url => {
      asked.push(url)
      return { order }
    })
    const decoded = await decode({ ...messageOf(bytes(file)), via: 'pull' }, context)
    expect(asked).toEqual([
      expect.stringContaining('/orders/2026-01-01/orders/903-8868176-2219830?includedData=BUYER'),
    ])
    expect(decoded).toEqual({ topic: 'orders/2026-01-01', records: [order] })
  })

  it('are all looked at', () => {
    expect(readdirSync(folder).filter(file => !looked.has(file))).toEqual([])
  })

  async function notified(file: string): Promise<MappedDocument[]> {
    const { topic, body } = messageOf(bytes(file))
    return documents(topic, body)
  }
})
