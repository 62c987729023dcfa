import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { RestOrder } from '#connectors/storefronts/shopify/simulator.ts'
import type { PushOperation } from '#core/contracts/connector.ts'
import { push } from './push.ts'
import { type OpenShop, openShop } from './shop.ts'

let opened: OpenShop
let order: RestOrder

/** An order with two lines and more, nothing shipped. */
beforeEach(async () => {
  opened = await openShop()
  do order = opened.shop.placeOrder()
  while (order.line_items.length < 2)
})

afterEach(() => opened.close())

const NUMBER = '1Z999AA10123456784'
const now = () => opened.shop.orders.get(order.id)!
const fulfillments = () => now().fulfillments
const live = () => fulfillments().filter(({ status }) => status === 'success')
const all = () => order.line_items.map(({ sku, quantity }) => ({ sku, quantity }))

function ship(body: Record<string, unknown> = {}, over: Partial<PushOperation> = {}) {
  return push(opened.polling, {
    resource: 'shipment',
    key: 'acme:3pl:S1',
    idempotencyKey: 'shipment:acme:3pl:S1',
    body: {
      status: 'shipped',
      lines: all(),
      packages: [{ carrier: 'ups', trackingNumber: NUMBER }],
      ...body,
    },
    dependencies: { [`order:acme:acme-shopify:${order.id}`]: String(order.id) },
    ...over,
  })
}

describe('a shipment to the shop', () => {
  it('fulfils the lines with the number, in Shopify’s spelling of the carrier', async () => {
    const { externalId } = await ship()
    expect(fulfillments()).toMatchObject([
      { id: Number(externalId), tracking_company: 'UPS', tracking_numbers: [NUMBER], status: 'success' },
    ])
    expect(now().fulfillment_status).toBe('fulfilled')
  })

  it('ships a part, by line id or SKU, and the rest later as a second fulfilment', async () => {
    const [first, ...rest] = order.line_items
    const one = await ship({ lines: [{ lineId: String(first!.id), quantity: first!.quantity }] })
    expect(now().fulfillment_status).toBe('partial')
    const lines = rest.map(({ sku, quantity }) => ({ sku, quantity }))
    const two = await ship({ lines, packages: [{ carrier: 'DHL', trackingNumber: '4711000815' }] })
    expect(two.externalId).not.toBe(one.externalId)
    expect(now().fulfillment_status).toBe('fulfilled')
    expect(fulfillments()[1]).toMatchObject({ tracking_company: 'DHL Express' })
  })

  it('puts all parcels of a shipment on one fulfilment', async () => {
    const packages = [NUMBER, '1Z 999 AA1-0123456785', '1Z999AA10123456785'].map(trackingNumber => ({
      carrier: 'UPS',
      trackingNumber,
      trackingUrl: `https://example.com/${trackingNumber.at(-1)}`,
    }))
    await ship({ packages })
    expect(fulfillments()).toMatchObject([{ tracking_numbers: [NUMBER, '1Z 999 AA1-0123456785'] }])
  })

  it('ships what is open where the shipment names no lines', async () => {
    await ship({ lines: [] })
    expect(now().fulfillment_status).toBe('fulfilled')
  })

  it('takes over a fulfilment that carries the number, however it is written', async () => {
    opened.shop.changeOrder(order.id, 'fulfil')
    const [theirs] = fulfillments()
    const lines = theirs!.line_items.map(({ sku, quantity }) => ({ sku, quantity }))
    const packages = [
      { carrier: 'UPS', trackingNumber: theirs!.tracking_number.toLowerCase().replace('z', 'z ') },
    ]
    expect(await ship({ lines, packages })).toMatchObject({ externalId: String(theirs!.id) })
    expect(fulfillments()).toHaveLength(1)
  })

  it('takes over what was shipped by hand without a number, and gives it the number', async () => {
    const { externalId } = await ship({ packages: [] })
    expect(await ship({}, { externalId: null })).toMatchObject({ externalId })
    expect(fulfillments()).toMatchObject([{ tracking_numbers: [NUMBER] }])
  })

  it('finds a shipment without a number again when its answer was lost', async () => {
    const [line] = order.line_items
    const lines = [{ sku: line!.sku, quantity: line!.quantity }]
    const { externalId } = await ship({ lines, packages: [] })
    expect(await ship({ lines, packages: [] }, { uncertain: true })).toMatchObject({ externalId })
    expect(fulfillments()).toHaveLength(1)
  })

  it('corrects the number, and adds lines that were forgotten', async () => {
    const [first] = order.line_items
    const lines = [{ sku: first!.sku, quantity: first!.quantity }]
    const { externalId } = await ship({ lines })
    await ship({ packages: [{ carrier: 'UPS', trackingNumber: '1Z999AA10123456799' }] }, { externalId })
    expect(live()[0]).toMatchObject({ tracking_numbers: ['1Z999AA10123456799'] })
    expect(
      live()
        .flatMap(({ line_items }) => line_items.map(({ sku }) => sku))
        .sort(),
    ).toEqual(order.line_items.map(({ sku }) => sku).sort())
  })

  it('tells each status once, in order, and nothing that the shop knows', async () => {
    const events = [
      { at: '2026-01-15T14:00:00Z', status: 'delivered', city: 'Bend' },
      { at: '2026-01-15T12:30:00Z', status: 'in-transit' },
      { at: '2026-01-15T12:10:00Z', status: 'in-transit' },
      { at: '2026-01-15T12:00:00Z', status: 'label-created' },
    ]
    const packages = (of: typeof events) => [{ carrier: 'UPS', trackingNumber: NUMBER, events: of }]
    const { externalId } = await ship({ packages: packages(events.slice(2)) })
    await ship({ packages: packages(events), status: 'delivered' }, { externalId })
    await ship({ packages: packages(events), status: 'delivered' }, { externalId })
    const [held] = opened.shop.fulfilment.held()
    expect((held!.body as { events: { status: string }[] }).events.map(({ status }) => status)).toEqual([
      'IN_TRANSIT',
      'DELIVERED',
    ])
    expect(live()[0]!.shipment_status).toBe('delivered')
  })

  it('tells a status for which there is no scan, once', async () => {
    const { externalId } = await ship({ status: 'delivered', updatedAt: '2026-01-16T08:00:00Z' })
    await ship({ status: 'delivered', updatedAt: '2026-01-16T09:00:00Z' }, { externalId })
    expect(opened.shop.fulfilment.held()[0]).toMatchObject({ body: { events: [{ status: 'DELIVERED' }] } })
  })

  it('takes back what was cancelled, once', async () => {
    const { externalId } = await ship()
    await ship({ status: 'cancelled' }, { externalId })
    await ship({ status: 'cancelled' }, { externalId })
    expect(live()).toEqual([])
    expect(now().fulfillment_status).toBeNull()
    expect(opened.shop.fulfilment.held()[0]!.writes).toBe(2)
  })

  it('does not ship again what the merchant took back', async () => {
    const { externalId } = await ship()
    await ship({ status: 'cancelled' }, { externalId })
    const again = ship({ status: 'in-transit' }, { externalId })
    await expect(again).rejects.toMatchObject({ fingerprint: 'cancelled-in-the-shop', recovery: 'park' })
    expect(live()).toEqual([])
  })

  it.each(['pending', 'ready', 'label-created', 'cancelled'])(
    'leaves out what is %s and unknown to the shop',
    async status => {
      await expect(ship({ status })).rejects.toMatchObject({ code: 'SOURCE_SKIPPED' })
      expect(fulfillments()).toEqual([])
    },
  )

  it.each([
    ['a SKU that the order has not', () => [{ sku: 'NO-SUCH', quantity: 1 }], 'line-unknown'],
    ['more units than are open', () => [{ sku: order.line_items[0]!.sku, quantity: 99 }], 'line-not-open'],
  ])('parks %s', async (_what, lines, fingerprint) => {
    await expect(ship({ lines: lines() })).rejects.toMatchObject({ fingerprint, recovery: 'park' })
  })

  it('says that the order is on hold', async () => {
    opened.shop.fulfilment.holds.add(order.id)
    await expect(ship()).rejects.toMatchObject({ fingerprint: 'ON_HOLD' })
  })

  it('parks a shipment of an order that is not there', async () => {
    await expect(ship({}, { dependencies: { 'order:acme:acme-shopify:1': '1' } })).rejects.toMatchObject({
      fingerprint: 'order',
    })
  })
})
