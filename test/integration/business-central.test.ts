import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { referenceOf } from '#connectors/erp/business-central/reference.ts'
import { BREAKS, Desk, quantities } from './business-central-desk.ts'
import { deliveryOf, KEY, bodyOf as orderBody, ordersOf } from './business-central-order.ts'

let desk: Desk

beforeEach(async () => {
  desk = await Desk.open()
})
afterEach(() => desk.close())

const bodyOf = (mugs: number, more?: Record<string, unknown>) => orderBody(desk, mugs, more)
const delivery = (key?: string) => deliveryOf(desk, key)
const ours = () => ordersOf(desk)

function expectOne(mugs: number): void {
  expect(ours()).toHaveLength(1)
  expect(quantities(ours()[0]!)).toEqual({ 'MUG-1': mugs, 'BOOK-1': 1, '6810': 1, '6910': 1 })
  expect(desk.books.customers.filter(({ email }) => email === 'zoe@example.com')).toHaveLength(1)
}

describe('an order is at Business Central once', () => {
  // The first write makes the customer, the second the order.
  it.each(BREAKS.flatMap(kind => [1, 2].map(nth => ({ kind, nth }))))(
    'is one order of one customer after a create whose write $nth broke at “$kind”',
    async ({ kind, nth }) => {
      const one = delivery()
      await one.breakOnce(kind, nth)
      one.wanted = 2
      await one.settle()
      expectOne(2)
    },
  )

  it.each(BREAKS)('is one order at the newest revision after an update that broke at “%s”', async kind => {
    const one = delivery()
    await one.settle()
    one.wanted = 2
    await one.breakOnce(kind)
    one.wanted = 3
    await one.settle()
    expectOne(3)
  })

  it('survives every pair of breaks, with a newer revision after each', async () => {
    for (const first of BREAKS)
      for (const second of BREAKS) {
        const key = `acme:acme-shopify:${first}-${second}`
        const one = delivery(key)
        for (const kind of [first, second]) {
          await one.breakOnce(kind, 2)
          one.wanted += 1
        }
        await one.settle()
        const held = ours().filter(
          ({ externalDocumentNumber }) => externalDocumentNumber === referenceOf(key),
        )
        expect(held).toHaveLength(1)
        expect(quantities(held[0]!)).toMatchObject({ 'MUG-1': 3 })
      }
  })

  it('of which only the header and one line are there is completed, not made again', async () => {
    const one = delivery()
    await one.settle()
    const [held] = ours()
    held!.lines = held!.lines.slice(0, 2)
    one.externalId = null
    one.confirmed = 0
    await one.settle()
    expectOne(1)
    expect(held!.lines.map(({ lineType }) => lineType)).toContain('Comment')
  })

  it('that changes while it is written is read again', async () => {
    const one = delivery()
    await one.settle()
    let raced = false
    desk.bench.proxy!.watch({
      before({ target }) {
        if (!target.endsWith('$batch') || raced) return
        raced = true
        const [held] = ours()
        held!['@odata.etag'] = 'W/"somebody"'
        held!['salesperson'] = 'JR'
        held!.lines = held!.lines.filter(({ lineObjectNumber }) => lineObjectNumber !== 'MUG-1')
      },
    })
    one.wanted = 2
    expect(await one.attempt()).toBeNull()
    expectOne(2)
    expect(ours()[0]).toMatchObject({ salesperson: 'JR' })
  })

  it('of which one change is refused keeps none of them', async () => {
    const one = delivery()
    await one.settle()
    const [held] = ours()
    Object.assign(held!.lines.find(({ lineObjectNumber }) => lineObjectNumber === 'MUG-1')!, {
      ...{ quantity: 2, shippedQuantity: 2 },
    })
    const moved = {
      shippingAddress: { name: 'Zoë Brûlé', line1: '1 Main St', city: 'Boston', country: 'US' },
    }
    await expect(desk.push({ resource: 'order', key: KEY, body: bodyOf(1, moved) })).rejects.toMatchObject({
      ...{ recovery: 'park', detail: expect.stringContaining('Quantity Shipped') },
    })
    expect(ours()).toMatchObject([{ shipToCity: 'Chicago' }])
  })

  it('that did not change is not written', async () => {
    const one = delivery()
    await one.settle()
    const { writes } = ours()[0]!
    one.confirmed = 0
    await one.settle()
    expect(ours()[0]!.writes).toBe(writes)
  })

  it('that is posted as a whole is found among what was posted, and not made again', async () => {
    const one = delivery()
    await one.settle()
    const shipment = {
      externalId: '88',
      channel: 'shipbob',
      status: 'shipped',
      packages: [],
      lines: [
        { sku: 'MUG-1', quantity: 1 },
        { sku: 'BOOK-1', quantity: 1 },
      ],
    }
    await desk.push({
      ...{ resource: 'shipment', key: 'acme:acme-shipbob:88', body: desk.body('shipment', shipment) },
      dependencies: { 'order:acme:acme-shopify:5551': one.externalId! },
    })
    expect(ours()).toEqual([])
    for (const externalId of [one.externalId, null])
      expect(await desk.push({ resource: 'order', key: KEY, body: bodyOf(1), externalId })).toMatchObject({
        externalId: one.externalId,
      })
    await expect(desk.push({ resource: 'order', key: KEY, body: bodyOf(2) })).rejects.toMatchObject({
      code: 'TOTAL_DIFFERS',
      detail: expect.stringContaining('the difference is -11.90 EUR'),
    })
    expect(ours()).toEqual([])
  })

  it('that is there twice is left to a person', async () => {
    const one = delivery()
    await one.settle()
    const copy = {
      ...structuredClone(ours()[0]!),
      id: '0a4e0000-be6e-4045-8dc8-0000000000ff',
      number: 'S-ORD9',
    }
    desk.books.orders.push(copy)
    one.wanted = 2
    expect(await one.attempt()).toMatchObject({
      ...{ recovery: 'park', fingerprint: 'doubled' },
      detail: expect.stringContaining('S-ORD9'),
    })
  })
})
