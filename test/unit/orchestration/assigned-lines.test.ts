import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Order, Shipment } from '#core/documents/types.gen.ts'
import { assignedLines as assignedOf } from '#core/orchestration/assigned-lines.ts'

type Line = Order['lines'][number]

const line = (externalId: string, quantity: number, more: Partial<Line> = {}): Line => ({
  ...{ externalId, sku: `SKU-${externalId}`, title: 'Thing', quantity, unitPrice: '5.00', total: '10.00' },
  ...more,
})
const shipment = (
  code: string,
  lines: Shipment['lines'],
  status: Shipment['status'] = 'ready',
): Shipment => ({
  ...{ externalId: code, channel: 'erp', status, location: { code }, lines, packages: [] },
})
const assignedLines = (lines: Line[], shipments: readonly Shipment[]) =>
  assignedOf({ lines, currency: 'USD' }, shipments)
const placed = (lines: readonly Line[]) =>
  lines.map(one => [one.externalId, one.quantity, one.location?.code])

describe('lines that the ERP assigned', () => {
  it('keep their own place while nothing is assigned', () => {
    const lines = [line('a', 2, { location: { code: 'SHOP' } })]
    expect(assignedLines(lines, [])).toEqual(lines)
    expect(assignedLines(lines, [shipment('EAST', [{ lineId: 'a', quantity: 2 }], 'cancelled')])).toEqual(
      lines,
    )
  })

  it('go where the ERP says, whole with their amounts, divided without', () => {
    const shipments = [
      shipment('EAST', [
        { lineId: 'a', quantity: 2 },
        { lineId: 'b', quantity: 1 },
      ]),
      shipment('WEST', [{ sku: 'SKU-b', quantity: 1 }]),
    ]
    const lines = assignedLines([line('a', 2), line('b', 3, { location: { code: 'SHOP' } })], shipments)
    expect(placed(lines)).toEqual([
      ['a', 2, 'EAST'],
      ['b', 1, 'EAST'],
      ['b', 1, 'WEST'],
      ['b', 1, 'SHOP'],
    ])
    expect(lines.map(({ total }) => total)).toEqual(['10.00', undefined, undefined, undefined])
  })

  it('count what is wanted now, not what was ordered', () =>
    expect(
      placed(
        assignedLines(
          [line('a', 3, { currentQuantity: 1 })],
          [shipment('EAST', [{ lineId: 'a', quantity: 3 }])],
        ),
      ),
    ).toEqual([['a', 3, 'EAST']]))

  it('are neither more nor fewer units than before, however they are assigned', () => {
    const units = fc.integer({ min: 0, max: 6 })
    const assignment = fc.record({ sku: fc.constantFrom('SKU-a', 'SKU-b'), quantity: units })
    const shipments = fc.array(
      fc.tuple(fc.constantFrom('EAST', 'WEST'), fc.array(assignment, { maxLength: 3 })),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(units, units, shipments, (a, b, given) => {
        const lines = assignedLines(
          [line('a', a), line('b', b), line('c', a, { sku: 'SKU-a' })],
          given.map(([code, sent]) => shipment(code, sent)),
        )
        const units = (some: readonly { quantity: number }[]) =>
          some.reduce((sum, { quantity }) => sum + quantity, 0)
        const of = (id: string) => units(lines.filter(one => one.externalId === id))
        expect([of('a'), of('b'), of('c')]).toEqual([a, b, a])
        for (const place of ['EAST', 'WEST']) {
          const sent = given.flatMap(([code, assigned]) => (code === place ? assigned : []))
          const there = lines.filter(({ location }) => location?.code === place)
          expect(units(there)).toBeLessThanOrEqual(units(sent))
        }
      }),
    )
  })
})
