import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Delivery, Desk } from './business-central-desk.ts'
import { deliveryOf, KEY, order, bodyOf as orderBody, ordersOf, SETTINGS } from './business-central-order.ts'

let desk: Desk

beforeEach(async () => {
  desk = await Desk.open()
})
afterEach(() => desk.close())

const bodyOf = (mugs: number, more?: Record<string, unknown>) => orderBody(desk, mugs, more)
const delivery = (key?: string) => deliveryOf(desk, key)
const ours = () => ordersOf(desk)

describe('an order at Business Central', () => {
  it('is under the number by which people know it, and found when that was lost', async () => {
    const { externalId } = await desk.push({ resource: 'order', key: KEY, body: bodyOf(1) })
    expect(externalId).toMatch(/^S-ORD/)
    expect(ours()[0]).toMatchObject({
      ...{ number: externalId, externalDocumentNumber: 'ACME:ACME-SHOPIFY:5551', pricesIncludeTax: true },
      ...{ orderDate: '2026-05-04', shipToCity: 'Chicago' },
    })
    expect(
      (await desk.push({ resource: 'order', key: KEY, body: bodyOf(1), uncertain: true })).externalId,
    ).toBe(externalId)
  })

  it('with a SKU that nobody knows is parked, and the SKU named', async () => {
    const body = bodyOf(1, {
      lines: [
        { externalId: '1', title: 'Hat', sku: 'HAT-9', quantity: 1, unitPrice: '1.00' },
        { externalId: '2', title: 'Long', sku: 'A-SKU-OF-MORE-THAN-TWENTY', quantity: 1, unitPrice: '1.00' },
      ],
    })
    await expect(desk.push({ resource: 'order', key: KEY, body })).rejects.toMatchObject({
      code: 'SKU_UNKNOWN',
      recovery: 'park',
      detail: 'Business Central has no item “HAT-9”, “A-SKU-OF-MORE-THAN-TWENTY”.',
    })
    expect(ours()).toEqual([])
    expect(desk.books.customers).toHaveLength(1)
  })

  it('whose shipping has no account is parked, and the setting named', async () => {
    const body = desk.body('order', order(1))
    await expect(desk.push({ resource: 'order', key: KEY, body })).rejects.toMatchObject({
      code: 'MAPPING_MISSING',
      detail: 'The line “Express” needs a G/L account: give the setting shippingAccount.',
    })
  })

  it('that comes to another total is parked with the difference, and confirmed when that is gone', async () => {
    const one = new Delivery(desk, KEY, {
      resource: 'order',
      // Prices without tax: Business Central adds its own.
      body: () => bodyOf(1, { taxesIncluded: false, totals: { total: '27.42' } }),
    })
    expect(await one.attempt()).toMatchObject({
      code: 'TOTAL_DIFFERS',
      recovery: 'park',
      detail: expect.stringMatching(
        /makes 27\.8\d EUR of S-ORD\d+, the channel 27\.42 EUR: the difference is 0\.\d\d EUR\./,
      ),
    })
    expect(ours()).toHaveLength(1)
    const right = ours()[0]!.lines.reduce(
      (sum, line) => sum + Math.round(Number(line['amountIncludingTax'] ?? 0) * 100),
      0,
    )
    const again = new Delivery(desk, KEY, {
      resource: 'order',
      body: () => bodyOf(1, { taxesIncluded: false, totals: { total: (right / 100).toFixed(2) } }),
    })
    await again.settle()
    expect(ours()).toHaveLength(1)
  })

  it('without an e-mail address goes to the customer of the settings, or is parked', async () => {
    const anonymous = order(1, { email: undefined })
    await expect(
      desk.push({ resource: 'order', key: KEY, body: desk.body('order', anonymous, { settings: SETTINGS }) }),
    ).rejects.toMatchObject({ code: 'MAPPING_MISSING', fingerprint: 'customer' })
    const settings = { ...SETTINGS, customerNumber: 'C-WEB' }
    await desk.push({ resource: 'order', key: KEY, body: desk.body('order', anonymous, { settings }) })
    expect(ours()).toMatchObject([{ customerNumber: 'C-WEB' }])
  })

  it('of a new buyer who orders twice at once makes one customer', async () => {
    await Promise.all(
      ['5551', '5552', '5553'].map(id =>
        desk.push({ resource: 'order', key: `acme:acme-shopify:${id}`, body: bodyOf(1) }),
      ),
    )
    expect(ours()).toHaveLength(3)
    expect(desk.books.customers.filter(({ email }) => email === 'zoe@example.com')).toHaveLength(1)
    expect(new Set(ours().map(({ customerNumber }) => customerNumber)).size).toBe(1)
  })

  it('of a known buyer makes none', async () => {
    await delivery().settle()
    const before = desk.bench.proxy!.requests.length
    await delivery('acme:acme-shopify:5552').settle()
    const writes = desk.bench.proxy!.requests.slice(before).filter(({ method }) => method !== 'GET')
    expect(writes.map(({ target }) => target.split('/').at(-1))).toEqual(['salesOrders'])
  })

  it('carries what an overlay adds to the body', async () => {
    const overlays = [
      `extends: erp/business-central/order-out\nversion: 1\ndocument: { salesperson: '"WEB"', shortcutDimension1Code: $uppercase(channel) }\n`,
    ]
    const body = desk.body('order', order(1), { settings: SETTINGS, overlays })
    await desk.push({ resource: 'order', key: KEY, body })
    expect(ours()).toMatchObject([{ salesperson: 'WEB', shortcutDimension1Code: 'SHOPIFY' }])
  })

  it('that was cancelled is taken away, unless something of it was shipped', async () => {
    const one = delivery()
    await expect(
      desk.push({ resource: 'order', key: KEY, body: bodyOf(1, { status: 'cancelled' }) }),
    ).rejects.toMatchObject({ code: 'SOURCE_SKIPPED' })
    await one.settle()
    const { externalId } = one
    const cancelled = {
      resource: 'order',
      key: KEY,
      externalId,
      body: bodyOf(1, { status: 'cancelled' }),
    } as const
    expect(await desk.push(cancelled)).toMatchObject({ externalId })
    expect(ours()).toEqual([])
    expect(await desk.push({ ...cancelled, uncertain: true })).toMatchObject({ externalId })

    one.externalId = null
    one.confirmed = 0
    await one.settle()
    ours()[0]!.lines[1]!.shippedQuantity = 1
    await expect(desk.push({ ...cancelled, externalId: null })).rejects.toMatchObject({
      fingerprint: 'cancelled after shipping',
    })
    expect(ours()).toHaveLength(1)
  })
})
