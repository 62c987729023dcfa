import { describe, expect, it } from '@jest/globals'
import { unitsByLocation } from '#core/inventory/counts.ts'
import { poolOf } from '#core/inventory/pool.ts'
import { figureOf } from '#core/inventory/rule.ts'
import { channelRule, LedgerItem, stockRule } from '../../support/stock-market.ts'

const MINUTE_MS = 60_000
const told = (ledger: LedgerItem, source: string, location: string, available: number, at = ledger.now) =>
  ledger.tell({ kind: 'counted', count: { source, location, available, at } })

describe('counts', () => {
  it('hold until a newer one of the same source and place', () => {
    const ledger = new LedgerItem(stockRule())
    ledger.count(5)
    ledger.count(9, ledger.now - 1)
    expect(poolOf(ledger.item, ledger.rule, ledger.now).units).toBe(5)
  })

  it('of two sources that count one place are those of the first that the rule names', () => {
    const ledger = new LedgerItem(stockRule({ sources: ['wms', 'erp'] }))
    told(ledger, 'erp', 'main', 9)
    told(ledger, 'wms', 'main', 4)
    told(ledger, 'erp', 'store', 2)
    expect(unitsByLocation(ledger.item, ledger.rule, ledger.now)).toEqual(
      new Map([
        ['main', 4],
        ['store', 2],
      ]),
    )
  })

  it('are offered in part once they are stale, and the item is looked at again then', () => {
    const ledger = new LedgerItem(
      stockRule({ staleMinutes: 10, staleHoldBack: 25, channels: { shop: channelRule() } }),
    )
    ledger.count(100)
    expect(ledger.item.nextAt).toBeLessThanOrEqual(ledger.now + 10 * MINUTE_MS)
    ledger.now += 10 * MINUTE_MS
    ledger.tell({ kind: 'reviewed' })
    expect(ledger.item.offers['shop']?.wanted).toBe(75)
  })
})

describe('a channel with locations of its own', () => {
  it('is offered their units, and orders of the others lessen what it shares with them', () => {
    const channels = { all: channelRule(), store: channelRule({ locations: ['store'] }) }
    const ledger = new LedgerItem(stockRule({ channels }))
    told(ledger, 'erp', 'main', 10)
    told(ledger, 'erp', 'store', 4)
    const pool = () => poolOf(ledger.item, ledger.rule, ledger.now)
    expect([pool().unitsFor('all'), pool().unitsFor('store')]).toEqual([14, 4])
    ledger.order('order:1', 'all', 3)
    expect([pool().unitsFor('all'), pool().unitsFor('store')]).toEqual([11, 1])
  })
})

describe('the figure of a rule', () => {
  it.each([
    [{}, 10, 10],
    [{ percent: 50 }, 11, 5],
    [{ buffer: 3 }, 10, 7],
    [{ buffer: 3 }, 2, 0],
    [{ cap: 4 }, 10, 4],
    [{ minimum: 5 }, 4, 0],
    [{ percent: 80, buffer: 2, cap: 100, minimum: 6 }, 10, 6],
  ])('with %j of %d units is %d', (rule, units, expected) => {
    expect(figureOf(channelRule(rule), units)).toBe(expected)
  })
})
