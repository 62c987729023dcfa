import { beforeEach, describe, expect, it } from '@jest/globals'
import { LedgerItem, SETTLE_MS, stockRule } from '../../support/stock-market.ts'

describe('the units of an order that the ERP holds', () => {
  let ledger: LedgerItem
  const held = () => ledger.tell({ kind: 'held', order: 'order:1', source: 'erp', at: ledger.now })
  const pass = (ms: number) => {
    ledger.now += ms
    ledger.tell({ kind: 'reviewed' })
  }
  const units = () => ledger.item.reservations.map(({ quantity }) => quantity)

  beforeEach(() => {
    ledger = new LedgerItem(stockRule())
    ledger.count(10)
    pass(2 * SETTLE_MS)
    ledger.order('order:1', 'shop', 3)
  })

  it('are let go at once by a count that is true of a later time', () => {
    held()
    pass(1)
    ledger.count(7)
    expect(units()).toEqual([])
  })

  it('wait a while for a count from between its commit and its answer, which may not know of them', () => {
    ledger.count(7)
    pass(1_000)
    held()
    expect(ledger.item.nextAt).toBe(ledger.now + SETTLE_MS + 1)
    pass(SETTLE_MS)
    expect(units()).toEqual([3])
    pass(1)
    expect(units()).toEqual([])
  })

  it('wait as long where only one of its places has counted since', () => {
    ledger.count(4, ledger.now, 'store')
    held()
    pass(1)
    ledger.count(7)
    expect(units()).toEqual([3])
    pass(SETTLE_MS)
    expect(units()).toEqual([])
  })

  describe('and of which is heard long after its last count', () => {
    beforeEach(() => {
      ledger.count(7)
      pass(SETTLE_MS + 1)
      held()
    })

    it('stay held, since nobody knows whether that count has them', () => {
      pass(24 * 3_600_000)
      expect(units()).toEqual([3])
    })

    it('are let go by its next count, be it the same', () => {
      pass(24 * 3_600_000)
      ledger.count(7)
      expect(units()).toEqual([])
    })

    it('are not let go by a count that was true before and comes now', () => {
      const before = ledger.now - SETTLE_MS
      pass(24 * 3_600_000)
      ledger.count(8, before)
      expect(units()).toEqual([3])
    })

    it('are given up in the end', () => {
      pass(72 * 3_600_000)
      expect(units()).toEqual([])
    })
  })

  describe('by whose counts one sees only what lies there', () => {
    const countThere = (units: number) => ledger.count(units, ledger.now, 'main', true)

    beforeEach(() => {
      countThere(10)
      held()
      pass(1)
    })

    it('stay held by every count until they have left, for they lie there still', () => {
      countThere(9)
      pass(24 * 3_600_000)
      countThere(9)
      expect(units()).toEqual([3])
    })

    it('are let go by the first count after they have left', () => {
      ledger.order('order:1', 'shop', 3, true)
      expect(units()).toEqual([3])
      pass(1)
      countThere(7)
      expect(units()).toEqual([])
    })

    it('are let go by one from about then, once others have had time to come', () => {
      countThere(7)
      pass(1_000)
      ledger.order('order:1', 'shop', 3, true)
      pass(SETTLE_MS)
      expect(units()).toEqual([3])
      pass(1)
      expect(units()).toEqual([])
    })
  })
})
