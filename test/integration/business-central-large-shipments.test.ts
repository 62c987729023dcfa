import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { addItem } from '#connectors/erp/business-central/simulator/furnish.ts'
import type { BcSimulator } from '#connectors/erp/business-central/simulator.ts'
import { Delivery, Desk } from './business-central-desk.ts'

/** More lines than one `$batch` may set. */
const SKUS = Array.from({ length: 120 }, (_, index) => `SKU-${index}`)

let desk: Desk
let order: Delivery

beforeEach(async () => {
  desk = await Desk.open()
  for (const number of SKUS) addItem(desk.company, { number, at: 0 })
  const body = desk.body('order', {
    ...{ externalId: '5551', channel: 'shopify', placedAt: '2026-05-04T08:00:00Z', currency: 'EUR' },
    ...{ status: 'open', taxesIncluded: true, email: 'zoe@example.com', totals: { total: '240.00' } },
    lines: SKUS.map(sku => ({ externalId: sku, title: sku, sku, quantity: 2, unitPrice: '1.00' })),
  })
  order = new Delivery(desk, 'acme:acme-shopify:5551', { resource: 'order', body: () => body })
  await order.settle()
})
afterEach(() => desk.close())

const ship = (id: string, lines: { sku: string; quantity: number }[], parcels = 1) => {
  const packages = Array.from({ length: parcels }, (_, index) => ({ trackingNumber: `1Z${id}-${index}` }))
  const body = desk.body('shipment', {
    externalId: id,
    channel: 'shipbob',
    status: 'shipped',
    lines,
    packages,
  })
  const dependencies = { 'order:acme:acme-shopify:5551': order.externalId! }
  return new Delivery(desk, `acme:acme-shipbob:${id}`, {
    resource: 'shipment',
    body: () => body,
    dependencies,
  })
}
const allOf = (quantity: number) => SKUS.map(sku => ({ sku, quantity }))

const posted = () => desk.books.shipments.filter(({ orderNumber }) => orderNumber === order.externalId)
const open = () => desk.books.orders.find(({ number }) => number === order.externalId)
const quantitiesOf = ({ salesShipmentLines }: ReturnType<typeof posted>[number]) =>
  (salesShipmentLines as { lineType: string; quantity: number }[]).flatMap(({ lineType, quantity }) =>
    lineType === 'Item' ? quantity : [],
  )
const batches = () =>
  (desk.bench.simulator as BcSimulator).calls
    .filter(({ path }) => path.endsWith('$batch'))
    .map(({ body }) => (body as { requests: unknown[] }).requests.length)

describe('a shipment of more lines than Business Central changes at once', () => {
  // The first write only sets quantities, the second posts.
  it.each(
    (['lost-request', '500-after-store', 'lost-answer'] as const).flatMap(kind =>
      [1, 2].map(nth => ({ kind, nth })),
    ),
  )('is posted once, with all its lines, after its write $nth broke at “$kind”', async ({ kind, nth }) => {
    const one = ship('88', allOf(1))
    await one.breakOnce(kind, nth)
    await one.settle()
    expect(posted().map(quantitiesOf)).toEqual([SKUS.map(() => 1)])
    expect(one.externalId).toBe(posted()[0]!.id)
    expect(desk.books.invoices.filter(({ orderNumber }) => orderNumber === order.externalId)).toHaveLength(1)
  })

  it('is not taken for posted because another one was meanwhile', async () => {
    const [first, second] = [ship('88', allOf(1)), ship('89', [{ sku: 'SKU-7', quantity: 1 }])]
    await first.breakOnce('lost-request', 2)
    await second.settle()
    await first.settle()
    expect(posted().map(({ id }) => id)).toEqual([second.externalId, first.externalId])
    expect(posted().map(one => quantitiesOf(one).reduce((sum, units) => sum + units, 0))).toEqual([1, 120])
    expect(open()!.lines.find(({ lineObjectNumber }) => lineObjectNumber === 'SKU-7')).toMatchObject({
      shippedQuantity: 2,
    })
  })

  it.each([
    ['before its quantities are read again', 'GET'],
    ['after that', 'POST'],
  ])('is set anew where somebody sets other quantities %s', async (_name, at) => {
    let writes = 0
    let raced = false
    desk.bench.proxy!.watch({
      before({ method, target }) {
        if (target.endsWith('$batch')) writes += 1
        if (raced || method !== at || writes !== (at === 'GET' ? 1 : 2)) return
        raced = true
        const held = open()!
        for (const line of held.lines) line.shipQuantity = 2
        held['@odata.etag'] = 'W/"somebody"'
      },
    })
    const one = ship('88', allOf(1))
    expect(await one.attempt()).toMatchObject({ code: 'PARTNER_CONFLICT', recovery: 'retry' })
    expect(posted()).toEqual([])
    await one.settle()
    expect(posted().map(quantitiesOf)).toEqual([SKUS.map(() => 1)])
  })

  it('and of more parcels than that goes in batches of at most a hundred changes', async () => {
    await ship('88', [{ sku: 'SKU-7', quantity: 1 }], 130).settle()
    expect(batches()).toEqual([100, 53, 100])
    expect(posted()).toHaveLength(1)
    expect(posted()[0]!.salesShipmentLines).toHaveLength(1 + 120 + 130 + 1)
  })
})
