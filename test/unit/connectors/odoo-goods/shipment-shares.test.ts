import { describe, expect, it } from '@jest/globals'
import { movedExactly, sharesOf, wholeOf } from '#connectors/erp/odoo/pushes/shipment-shares.ts'
import type { Transfer, Wanted } from '#connectors/erp/odoo/pushes/shipment-transfers.ts'

const transfer = (id: number, moves: Record<number, number>, more: Partial<Transfer> = {}): Transfer => ({
  ...{ id, name: `OUT/${id}`, state: 'assigned', warehouse: 'MAIN', values: {} },
  moves: Object.entries(moves).map(([product, units], nth) => ({
    ...{ id: id * 10 + nth, product: Number(product), saleLine: Number(product), units },
  })),
  ...more,
})

const wanted = (product: number, units: number): Wanted => ({
  ...{ shown: `P${product}`, units },
  fits: move => move.product === product,
})

const shown = (shares: ReturnType<typeof sharesOf>) =>
  shares.map(share => [share.transfer.id, Object.fromEntries(share.units)])

describe('which transfers a shipment empties', () => {
  it('the one that has enough, though an older one has some', () => {
    const transfers = [transfer(1, { 7: 1 }), transfer(2, { 7: 3, 8: 1 })]
    expect(shown(sharesOf(transfers, [wanted(7, 2)], undefined))).toEqual([[2, { 20: 2 }]])
  })

  it('that of the warehouse first', () => {
    const transfers = [transfer(1, { 7: 3 }), transfer(2, { 7: 3 }, { warehouse: 'EAST' })]
    expect(shown(sharesOf(transfers, [wanted(7, 3)], 'EAST'))).toEqual([[2, { 20: 3 }]])
  })

  it('one after the other where none has enough alone', () => {
    const transfers = [transfer(1, { 7: 1 }), transfer(2, { 7: 2 })]
    expect(shown(sharesOf(transfers, [wanted(7, 3)], undefined))).toEqual([
      [1, { 10: 1 }],
      [2, { 20: 2 }],
    ])
  })

  it('two lines of one article share its units', () => {
    expect(shown(sharesOf([transfer(1, { 7: 3 })], [wanted(7, 1), wanted(7, 2)], undefined))).toEqual([
      [1, { 10: 3 }],
    ])
  })

  it('more than is open is refused with what is too much; what is done or cancelled is not open', () => {
    const transfers = [transfer(1, { 7: 2 }), transfer(2, { 7: 9 }, { state: 'done' })]
    expect(() => sharesOf(transfers, [wanted(7, 5)], undefined)).toThrow(/3 × “P7”/)
    expect(wholeOf(transfers).map(share => share.transfer.id)).toEqual([1])
  })
})

describe('whether somebody has shipped the same', () => {
  it('only with exactly these units of exactly these articles', () => {
    const done = [transfer(1, { 7: 2, 8: 1 }, { state: 'done' })]
    expect(movedExactly(done, [wanted(7, 2), wanted(8, 1)])).toBe(true)
    expect(movedExactly(done, [wanted(7, 2)])).toBe(false)
    expect(movedExactly(done, [wanted(7, 2), wanted(8, 2)])).toBe(false)
  })
})
