import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { shareOut } from '#connectors/sdk/index.ts'

interface Row {
  sku: string
  open: number
}
interface Line {
  sku: string
  units: number
}

const share = (rows: readonly Row[], lines: readonly Line[]) =>
  shareOut(rows, lines, {
    isOf: (line, row) => line.sku === row.sku,
    openOf: ({ open }) => open,
    unitsOf: ({ units }) => units,
  })

const sku = fc.constantFrom('A', 'B')
const units = fc.integer({ min: 0, max: 5 })

describe('lines shared out over the rows of an order', () => {
  it('fill one row after the other, and say where each part of a line begins', () => {
    const rows = [
      { sku: 'A', open: 2 },
      { sku: 'B', open: 1 },
      { sku: 'A', open: 2 },
    ]
    const lines = [
      { sku: 'A', units: 1 },
      { sku: 'A', units: 3 },
      { sku: 'B', units: 2 },
    ]
    const [one, more, other] = lines
    expect(share(rows, lines)).toEqual({
      rows: [
        {
          ...{ row: rows[0], units: 2 },
          shares: [
            { wanted: one, from: 0, units: 1 },
            { wanted: more, from: 0, units: 1 },
          ],
        },
        { row: rows[1], units: 1, shares: [{ wanted: other, from: 0, units: 1 }] },
        { row: rows[2], units: 2, shares: [{ wanted: more, from: 1, units: 2 }] },
      ],
      left: [{ wanted: other, units: 1 }],
    })
  })

  it('never take more of a row than is open, and every unit is of a row or left', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ sku, open: units })),
        fc.array(fc.record({ sku, units })),
        (rows, lines) => {
          const { rows: taken, left } = share(rows, lines)
          expect(taken.filter(({ row, units }) => units > row.open)).toEqual([])
          const sum = (all: readonly { units: number }[]) =>
            all.reduce((total, { units }) => total + units, 0)
          expect(sum(taken) + sum(left)).toBe(sum(lines))
          // Something is left only where nothing of its kind is open any more.
          for (const { wanted } of left) {
            const own = (name: string) => name === wanted.sku
            const open = rows.filter(row => own(row.sku)).reduce((total, row) => total + row.open, 0)
            expect(sum(taken.filter(({ row }) => own(row.sku)))).toBe(open)
          }
        },
      ),
    ))
})
