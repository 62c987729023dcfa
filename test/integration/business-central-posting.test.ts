import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS, Delivery, Desk, quantities } from './business-central-desk.ts'

let desk: Desk
let order: Delivery

const ORDER = 'order:acme:acme-shopify:5551'

const orderBody = (status = 'open') =>
  desk.body('order', {
    ...{ externalId: '5551', channel: 'shopify', placedAt: '2026-05-04T08:00:00Z', currency: 'EUR', status },
    ...{ taxesIncluded: true, email: 'zoe@example.com', totals: { total: '33.30' } },
    lines: [
      { externalId: '1', title: 'Trail Mug', sku: 'MUG-1', quantity: 2, unitPrice: '11.90' },
      { externalId: '2', title: 'Atlas', sku: 'BOOK-1', quantity: 1, unitPrice: '9.50' },
    ],
  })

beforeEach(async () => {
  desk = await Desk.open()
  order = new Delivery(desk, 'acme:acme-shopify:5551', { resource: 'order', body: () => orderBody() })
  await order.settle()
})
afterEach(() => desk.close())

const dependencies = () => ({ [ORDER]: order.externalId! })

const shipment = (lines: { sku: string; quantity: number }[], status = 'shipped') =>
  desk.body('shipment', { externalId: '88', channel: 'shipbob', status, lines, packages: [] })

const ship = (key: string, lines: { sku: string; quantity: number }[], status?: string) =>
  new Delivery(desk, key, {
    ...{ resource: 'shipment', body: () => shipment(lines, status), dependencies: dependencies() },
  })

const posted = () => desk.books.shipments.filter(({ orderNumber }) => orderNumber === order.externalId)
const open = () => desk.books.orders.find(({ number }) => number === order.externalId)

describe('a shipment at Business Central', () => {
  it.each(BREAKS)('is posted once after a posting that broke at “%s”', async kind => {
    const one = ship('acme:acme-shipbob:88', [{ sku: 'mug-1', quantity: 1 }])
    await one.breakOnce(kind)
    await one.settle()
    expect(posted()).toHaveLength(1)
    expect(one.externalId).toBe(posted()[0]!.id)
    expect(open()!.lines.map(({ shippedQuantity }) => shippedQuantity)).toEqual([0, 1, 0, 0])
    expect(desk.books.invoices.filter(({ orderNumber }) => orderNumber === order.externalId)).toHaveLength(1)
  })

  it('and the next one of the same order are two', async () => {
    const [first, second] = [
      ship('acme:acme-shipbob:88', [{ sku: 'MUG-1', quantity: 1 }]),
      ship('acme:acme-shipbob:89', [
        { sku: 'MUG-1', quantity: 1 },
        { sku: 'BOOK-1', quantity: 1 },
      ]),
    ]
    await first.settle()
    await second.settle()
    first.confirmed = 0
    await first.settle()
    expect(posted().map(({ id }) => id)).toEqual([first.externalId, second.externalId])
    expect(open()).toBeUndefined()
  })

  it('whose comment was kept, but not its posting, is posted with that comment', async () => {
    const one = ship('acme:acme-shipbob:88', [{ sku: 'MUG-1', quantity: 1 }])
    const [comment] = open()!.lines
    open()!.lines.push({
      ...comment!,
      id: '0a4e0000-be6e-4045-8dc8-0000000000cc',
      description: 'Shipment ACME:ACME-SHIPBOB:88',
    })
    await one.settle()
    expect(posted()).toHaveLength(1)
    expect(open()!.lines.filter(({ description }) => description.startsWith('Shipment'))).toHaveLength(1)
  })

  it('tells its tracking numbers as comments', async () => {
    const lines = [{ sku: 'MUG-1', quantity: 1 }]
    const packages = [{ carrier: 'UPS', trackingNumber: '1Z999AA10123456784' }]
    const body = desk.body('shipment', {
      externalId: '88',
      channel: 'shipbob',
      status: 'shipped',
      lines,
      packages,
    })
    await desk.push({ resource: 'shipment', key: 'acme:acme-shipbob:88', body, dependencies: dependencies() })
    expect(posted()[0]!.salesShipmentLines).toContainEqual(
      expect.objectContaining({ lineType: ' ', description: 'UPS 1Z999AA10123456784' }),
    )
  })

  it('of more than is open is refused, and nothing is posted', async () => {
    const one = ship('acme:acme-shipbob:88', [{ sku: 'MUG-1', quantity: 3 }])
    expect(await one.attempt()).toMatchObject({ recovery: 'park', fingerprint: 'more than open' })
    expect(posted()).toEqual([])
  })

  it('that has only a label is left out, and one without an order is parked', async () => {
    expect(await ship('k', [{ sku: 'MUG-1', quantity: 1 }], 'label-created').attempt()).toMatchObject({
      code: 'SOURCE_SKIPPED',
    })
    await expect(desk.push({ resource: 'shipment', key: 'k', body: shipment([]) })).rejects.toMatchObject({
      fingerprint: 'order',
    })
  })
})

const refund = (more: Record<string, unknown> = {}) =>
  desk.body('return', {
    ...{ externalId: '9001', channel: 'shopify', orderId: '5551', currency: 'EUR' },
    processedAt: '2026-05-20T10:00:00Z',
    lines: [
      { quantity: 1, sku: 'MUG-1', title: 'Trail Mug', subtotal: '11.90', tax: '1.90', restock: 'return' },
    ],
    totals: { refunded: '11.90' },
    ...more,
  })

const memos = () => desk.books.memos

describe('a refund at Business Central', () => {
  const back = (body = refund) =>
    new Delivery(desk, 'acme:acme-shopify:9001', {
      ...{ resource: 'return', body: () => body(), dependencies: dependencies() },
    })

  // The first write makes the memo, the second its lines.
  it.each(BREAKS.flatMap(kind => [1, 2].map(nth => ({ kind, nth }))))(
    'is one credit memo of the order’s customer after its write $nth broke at “$kind”',
    async ({ kind, nth }) => {
      const one = back()
      await one.breakOnce(kind, nth)
      await one.settle()
      expect(memos()).toMatchObject([
        { customerNumber: open()!.customerNumber, creditMemoDate: '2026-05-20' },
      ])
      expect(quantities(memos()[0]!)).toEqual({ 'MUG-1': 1 })
      expect(one.externalId).toBe(memos()[0]!.number)
    },
  )

  it.each([
    ['with tax in its prices', true, 11.9],
    ['without', false, 10],
  ])('has the price that fits a customer %s', async (_name, pricesIncludeTax, unitPrice) => {
    for (const customer of desk.books.customers) customer.pricesIncludeTax = pricesIncludeTax
    await back().settle()
    expect(memos()[0]).toMatchObject({
      pricesIncludeTax,
      lines: [{}, { unitPrice, amountIncludingTax: 11.9 }],
    })
  })

  it('of an order that is posted as a whole belongs to the customer of its invoice', async () => {
    const customerNumber = open()!.customerNumber
    await ship('acme:acme-shipbob:88', [
      { sku: 'MUG-1', quantity: 2 },
      { sku: 'BOOK-1', quantity: 1 },
    ]).settle()
    await back().settle()
    expect(memos()).toMatchObject([{ customerNumber }])
  })

  it('that comes to another sum than was paid is parked with the difference', async () => {
    const lines = [{ quantity: 1, sku: 'BOOK-1', subtotal: '11.90', tax: '1.90' }]
    for (const customer of desk.books.customers) customer.pricesIncludeTax = false
    expect(await back(() => refund({ lines })).attempt()).toMatchObject({
      code: 'TOTAL_DIFFERS',
      detail: expect.stringContaining('the difference is -1.20 EUR'),
    })
  })

  it('of no order is parked', async () => {
    await expect(desk.push({ resource: 'return', key: 'r', body: refund() })).rejects.toMatchObject({
      ...{ recovery: 'park', fingerprint: 'customer' },
    })
  })

  it('that the accountant posted is not written again', async () => {
    const one = back()
    await one.settle()
    memos()[0]!.status = 'Open'
    const { writes } = memos()[0]!
    const more = refund({ note: 'x', lines: [{ quantity: 1, sku: 'CARD', subtotal: '11.90', tax: '1.90' }] })
    await desk.push({ resource: 'return', key: one.key, body: more, dependencies: dependencies() })
    expect(memos()).toMatchObject([{ writes }])
  })
})
