import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { RestOrder } from '#connectors/storefronts/shopify/simulator.ts'
import { type OrderDesk, orderDesk } from '#test/support/order-desk.ts'

let desk: OrderDesk

beforeEach(async () => {
  desk = await orderDesk({
    flows: [{ resource: 'order', from: ['storefront'], to: ['acme-erp'], lines: "location.code = 'EAST'" }],
  })
})
afterEach(() => desk.close())

/** An order of two lines: three of the first, one of the second. */
const twoLines = (n: number): RestOrder => {
  for (let seed = n; ; seed += 100) {
    const order = { ...desk.order(seed), financial_status: 'paid' as const }
    if (order.line_items.length === 2 && order.line_items[0]!.quantity > 1) return order
  }
}

const line = (order: RestOrder, index: number) => order.line_items[index]!
const lineId = (order: RestOrder, index: number) => String(line(order, index).id)

const assign = (order: RestOrder, id: string, code: string, lines: object[], status = 'ready') =>
  desk.land('acme-erp', {
    resource: 'shipment',
    externalId: id,
    body: { externalId: id, channel: 'rest-erp', status, location: { code }, lines, packages: [] },
    dependsOn: [desk.documentOf(order)],
  })

const linesThere = (order: RestOrder) =>
  (desk.atErp(order)?.['lines'] as { externalId: string; quantity: number; location?: object }[])?.map(
    ({ externalId, quantity }) => [externalId, quantity],
  )

describe('a flow that sends lines', () => {
  it('sends nothing, with a counted reason, while no line is for its destination', async () => {
    const order = twoLines(1)
    await desk.send(order)
    expect(await desk.deliveryOf(order)).toMatchObject({ state: 'skipped', reason: 'NO_LINES_HERE' })
    expect(desk.erp.requests).toHaveLength(0)
  })

  it('sends what the ERP assigns, a part of a line too, as soon as it does', async () => {
    const order = twoLines(1)
    await desk.send(order)
    await assign(order, 'P1', 'WEST', [{ lineId: lineId(order, 1), quantity: line(order, 1).quantity }])
    await assign(order, 'P2', 'EAST', [{ lineId: lineId(order, 0), quantity: 1 }])
    await desk.drain()
    expect(await desk.deliveryOf(order)).toMatchObject({ state: 'confirmed' })
    expect(linesThere(order)).toEqual([[lineId(order, 0), 1]])
    expect((desk.atErp(order)!['lines'] as object[])[0]).not.toHaveProperty('total')
  })

  it('asks once for a revision of the assignment, however often it is told', async () => {
    const order = twoLines(1)
    await desk.send(order)
    const lines = [{ sku: line(order, 0).sku, quantity: line(order, 0).quantity }]
    for (let times = 0; times < 3; times++) {
      await assign(order, 'P1', 'EAST', lines)
      await desk.drain()
    }
    expect(linesThere(order)).toEqual([[lineId(order, 0), line(order, 0).quantity]])
    expect((await desk.deliveryOf(order))!.attempts).toHaveLength(2)
  })

  it('cancels it where a line was and none is left', async () => {
    const order = twoLines(1)
    await desk.send(order)
    const lines = [{ lineId: lineId(order, 0), quantity: line(order, 0).quantity }]
    await assign(order, 'P1', 'EAST', lines)
    await desk.drain()
    await desk.clock.advance(1_000)
    await assign(order, 'P1', 'EAST', lines, 'cancelled')
    await desk.drain()
    expect(desk.atErp(order)).toMatchObject({ status: 'cancelled', lines: [] })
  })

  it('does not look past a delivery that is under way: the assignment waits for it', async () => {
    const order = twoLines(1)
    await desk.send(order)
    const { id } = (await desk.deliveryOf(order))!
    const now = desk.clock.now()
    await desk.store.deliveries.reopen(id, now)
    await desk.store.deliveries.claim(id, { token: 'worker', now, until: now + 60_000 })
    const told = assign(order, 'P1', 'EAST', [{ lineId: lineId(order, 0), quantity: 1 }])
    await expect(told).rejects.toMatchObject({ code: 'DEPENDENCY_WAIT' })
  })
})

describe('a rule that holds orders', () => {
  const product = (externalId: string, sku: string) =>
    desk.land('acme-erp', {
      ...{ resource: 'product', externalId },
      body: { externalId, channel: 'rest-erp', title: 'Tent', variants: [{ sku }] },
    })

  it('looks at the lines that go to the destination: what others ship need not be known there', async () => {
    await desk.close()
    desk = await orderDesk({
      flows: [{ resource: 'order', from: ['storefront'], to: ['acme-erp'], lines: "location.code = 'EAST'" }],
      holds: [{ id: 'sku', when: '$unknownSkus', to: ['erp'], owner: 'catalogue', hours: 4 }],
    })
    const order = twoLines(1)
    await product('1', line(order, 0).sku!)
    await desk.send(order)
    await assign(order, 'P1', 'EAST', [{ lineId: lineId(order, 0), quantity: line(order, 0).quantity }])
    await desk.drain()
    expect(await desk.deliveryOf(order)).toMatchObject({ state: 'confirmed' })
    const other = twoLines(50)
    await desk.send(other)
    await assign(other, 'P2', 'EAST', [{ lineId: lineId(other, 0), quantity: line(other, 0).quantity }])
    await desk.drain()
    expect((await desk.letterOf(other))?.summary).toContain(`unknown SKU: ${line(other, 0).sku})`)
    await product('2', line(other, 0).sku!)
    expect(await desk.orchestration.watchHolds()).toMatchObject({ resumed: 1 })
    await desk.drain()
    expect(await desk.deliveryOf(other)).toMatchObject({ state: 'confirmed' })
  })
})
