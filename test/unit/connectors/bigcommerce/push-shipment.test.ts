import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { push } from '#connectors/storefronts/bigcommerce/push.ts'
import type { PushOperation } from '#core/contracts/connector.ts'
import { type OpenStore, openStore, operation } from './store.ts'

const NUMBER = '1Z999AA10123456784'

let store: OpenStore
let order: ReturnType<OpenStore['simulator']['store']['placeOrder']>

beforeEach(async () => {
  store = await openStore({ completeOrders: true })
  order = store.simulator.store.placeOrder()
})
afterEach(() => store.close())

const shipment = (body: Record<string, unknown>, over: Partial<PushOperation> = {}): PushOperation =>
  operation({
    resource: 'shipment',
    dependencies: { 'acme:bc:1': String(order.id) },
    body: { packages: [{ carrier: 'UPS', trackingNumber: NUMBER }], ...body },
    ...over,
  })

const pushed = (of: PushOperation) => push(of, store.context)

describe('a shipment pushed to BigCommerce', () => {
  it('without lines takes all that is left, and completes the order where that is wanted', async () => {
    await pushed(shipment({}))
    expect(order.shipments).toHaveLength(1)
    expect(order.products.every(line => line.quantity_shipped === line.quantity)).toBe(true)
    expect(order.status).toBe(10)
  })

  it('names the carrier that the store knows, the number and our key', async () => {
    await pushed(shipment({}))
    expect(order.shipments[0]).toMatchObject({
      ...{ tracking_number: NUMBER, shipping_provider: 'ups', comments: '[crossdock acme:3pl:9]' },
      order_address_id: order.id * 10,
    })
  })

  it('takes over one that somebody entered with the same number, written otherwise', async () => {
    const [line] = order.products
    const items = [{ order_product_id: line!.id, quantity: 1 }]
    const made = store.simulator.store.ship(order, { tracking_number: '1z999aa1 0123-456784', items })
    const { externalId } = await pushed(shipment({ lines: [{ sku: line!.sku, quantity: 1 }] }))
    expect([externalId, order.shipments.length]).toEqual([String(made!.id), 1])
  })

  it('that is there already is not written again', async () => {
    await pushed(shipment({}))
    store.asked.length = 0
    await pushed(shipment({}))
    expect(store.asked.filter(call => !call.startsWith('GET'))).toEqual([])
  })

  it('that was cancelled is taken away, and its units wait again', async () => {
    const { externalId } = await pushed(shipment({}))
    await pushed(shipment({ status: 'cancelled' }, { externalId, revision: 2 }))
    expect([order.shipments, order.products[0]!.quantity_shipped]).toEqual([[], 0])
  })

  it('that was cancelled before the store had it is left out', async () => {
    await expect(pushed(shipment({ status: 'cancelled' }))).rejects.toMatchObject({ code: 'SOURCE_SKIPPED' })
  })

  it.each([
    ['more units than the order waits for', () => [{ sku: order.products[0]!.sku, quantity: 99 }]],
    ['an article that the order does not have', () => [{ sku: 'NO-SUCH', quantity: 1 }]],
  ])('with %s is shown to a person', async (_, lines) => {
    await expect(pushed(shipment({ lines: lines() }))).rejects.toMatchObject({
      ...{ code: 'PARTNER_REFUSED', fingerprint: 'lines' },
    })
    expect(order.shipments).toEqual([])
  })

  it('of an order of nobody is shown to a person, and no address is made of it', async () => {
    const of = shipment({}, { dependencies: { x: '../v3/hooks' } })
    await expect(pushed(of)).rejects.toMatchObject({ code: 'PARTNER_REFUSED', fingerprint: 'order' })
    expect(store.asked).toEqual([])
  })

  it('of several parcels names all of them', async () => {
    const packages = [NUMBER, '1Z999AA10123456785', '1Z999AA10123456786'].map(trackingNumber => ({
      trackingNumber,
    }))
    await pushed(shipment({ packages }))
    const [made] = order.shipments
    expect(made!.tracking_number).toBe(NUMBER)
    for (const { trackingNumber } of packages) expect(made!['comments']).toContain(trackingNumber)
  })
})
