import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { exact } from '#core/documents/arithmetic.ts'
import { orderImbalance } from '#core/documents/order-balance.ts'
import type { Order, Shipment } from '#core/documents/types.gen.ts'
import { formatScaled } from '#core/kernel/money.ts'
import { assignedLines } from '#core/orchestration/assigned-lines.ts'
import { orderPart } from '#core/orchestration/order-part.ts'
import { order } from './orders.ts'

type Line = Order['lines'][number]

const tent: Line = {
  ...{ externalId: 'tent', sku: 'TENT', title: 'Tent', quantity: 3, unitPrice: '10.00', vendor: 'Alp' },
  discounts: [{ amount: '1.00' }],
  taxes: [{ rate: 0.1, amount: '2.90' }],
}
const rope: Line = {
  ...{ externalId: 'rope', sku: 'ROPE', title: 'Rope', quantity: 1, unitPrice: '4.00', vendor: 'Sea' },
  taxes: [{ rate: 0.1, amount: '0.40' }],
}
const both = order({
  lines: [tent, rope],
  shippingLines: [{ title: 'Express', price: '5.00', taxes: [{ rate: 0.1, amount: '0.50' }] }],
  fees: [{ kind: 'gift-wrap', amount: '2.00' }],
  discounts: [{ amount: '3.00' }],
  taxes: [{ rate: 0.1, amount: '3.80' }],
  totals: { total: '40.80', tax: '3.80', paid: '40.80', lines: '34.00' },
  currentTotals: { total: '40.80' },
})

const partOf = (whole: Order, isHere: (line: Line) => boolean, shipments: Shipment[] = []): Order => {
  const all = assignedLines(whole, shipments)
  return orderPart(whole, all, all.filter(isHere))
}
const shipment = (code: string, lineId: string, quantity: number): Shipment => ({
  ...{ externalId: code, channel: 'erp', status: 'ready', location: { code }, packages: [] },
  lines: [{ lineId, quantity }],
})

describe('a part of an order', () => {
  it('costs what its lines cost; what belongs to the whole order goes with the first line, once', () => {
    const [first, second] = ['Alp', 'Sea'].map(vendor => partOf(both, line => line.vendor === vendor))
    expect(first).toMatchObject({
      ...{ fees: both.fees, discounts: both.discounts, shippingLines: both.shippingLines },
      totals: { total: '36.40', tax: '3.40' },
    })
    expect(second).toMatchObject({
      ...{ fees: [], discounts: [], totals: { total: '4.40', tax: '0.40' } },
      shippingLines: [{ title: 'Express', price: '0.00' }],
    })
    expect(second!.shippingLines![0]).not.toHaveProperty('taxes')
    for (const part of [first!, second!])
      for (const whole of ['taxes', 'currentTotals']) expect(part).not.toHaveProperty(whole)
  })

  it('that is the whole order keeps every figure of it', () => expect(partOf(both, () => true)).toEqual(both))

  it('has a tax of no line with the first line', () => {
    const untaxed = (line: Line): Line => ({ ...line, taxes: undefined })
    const whole = { ...both, lines: both.lines.map(untaxed) }
    expect(partOf(whole, line => line.vendor === 'Alp').totals).toEqual({ total: '36.80', tax: '3.80' })
    expect(partOf(whole, line => line.vendor === 'Sea').totals).toEqual({ total: '4.00', tax: '0.00' })
  })

  it('has with each tax the rate that was told once for the whole order', () => {
    const bare = (line: Line): Line => ({ ...line, taxes: line.taxes!.map(({ amount }) => ({ amount })) })
    const whole = { ...both, lines: both.lines.map(bare) }
    const ropes = (order: Order) => partOf(order, line => line.vendor === 'Sea').lines[0]!.taxes
    expect(ropes(whole)).toEqual([{ rate: 0.1, amount: '0.40' }])
    const several = [...both.taxes!, { rate: 0.2, amount: '0.00' }]
    expect(ropes({ ...whole, taxes: several })).toEqual([{ amount: '0.40' }])
  })

  it('takes its share of a divided line’s money, to the cent', () => {
    const shipments = [shipment('EAST', 'tent', 1), shipment('WEST', 'tent', 1)]
    const [east, west] = ['EAST', 'WEST'].map(code =>
      partOf(both, line => line.location?.code === code, shipments),
    )
    expect(east!.lines).toMatchObject([
      { quantity: 1, discounts: [{ amount: '0.33' }], taxes: [{ rate: 0.1, amount: '0.96' }] },
    ])
    expect(west!.lines).toMatchObject([
      { quantity: 1, discounts: [{ amount: '0.33' }], taxes: [{ amount: '0.97' }] },
    ])
  })

  it('has one line of the pieces that go the same way, so that no line is there twice', () => {
    const shipments = [shipment('EAST', 'tent', 1), shipment('WEST', 'tent', 1)]
    const part = partOf(both, line => line.location !== undefined, shipments)
    expect(part.lines).toMatchObject([
      { externalId: 'tent', quantity: 2, location: { code: 'EAST' }, discounts: [{ amount: '0.66' }] },
    ])
  })

  it('has the units that were taken off with the first piece of their line', () => {
    const whole = { ...both, lines: [{ ...tent, currentQuantity: 2 }, rope] }
    const [east] = partOf(whole, line => line.location?.code === 'EAST', [shipment('EAST', 'tent', 1)]).lines
    expect(east).toMatchObject({ quantity: 2, currentQuantity: 1 })
  })

  it('balances like its order, and all parts together cost what it costs, however it is divided', () => {
    const cents = fc
      .integer({ min: 0, max: 5_000 })
      .map(amount => formatScaled(BigInt(amount) * 10n ** 7n, 2))
    const amounts = fc.array(
      cents.map(amount => ({ amount })),
      { maxLength: 2 },
    )
    const line = fc.record({
      ...{ title: fc.constant('Thing'), unitPrice: cents, quantity: fc.integer({ min: 1, max: 5 }) },
      ...{ discounts: amounts, taxes: amounts },
    })
    const given = fc.record({
      lines: fc.array(line, { minLength: 1, maxLength: 4 }),
      charges: fc.record({ price: cents, discounts: amounts, taxes: amounts }),
      ...{ fee: cents, discounts: amounts, taxesIncluded: fc.boolean() },
      assigned: fc.array(
        fc.tuple(
          fc.constantFrom('0', '1', '2'),
          fc.integer({ min: 0, max: 4 }),
          fc.integer({ min: 0, max: 3 }),
        ),
      ),
    })
    fc.assert(
      fc.property(given, ({ lines, charges, fee, discounts, taxesIncluded, assigned }) => {
        const whole = balanced(
          order({
            lines: lines.map((one, index) => ({ ...one, externalId: `${index}` })),
            ...{ shippingLines: [charges], fees: [{ kind: 'tip', amount: fee }], discounts, taxesIncluded },
          }),
        )
        const all = assignedLines(
          whole,
          assigned.map(([place, id, units]) => shipment(place, `${id}`, units)),
        )
        const places = [...new Set(all.map(({ location }) => location?.code))]
        const parts = places.map(place =>
          orderPart(
            whole,
            all,
            all.filter(({ location }) => location?.code === place),
          ),
        )
        for (const part of parts) expect(orderImbalance(part)).toBeNull()
        const sum = parts.reduce((total, part) => total + exact.read(part.totals.total), 0n)
        expect(sum).toBe(exact.read(whole.totals.total))
      }),
    )
  })
})

/** With the total that its parts make. */
function balanced(whole: Order): Order {
  const stated = orderImbalance({ ...whole, totals: { total: '0.00' } })
  const total = stated?.match(/ make (-?[\d.]+) /)?.[1] ?? '0.00'
  return { ...whole, totals: { total } }
}
