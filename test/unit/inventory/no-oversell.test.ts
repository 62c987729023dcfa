import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { exposureOf } from '#core/inventory/offer.ts'
import { poolOf } from '#core/inventory/pool.ts'
import { StockMarket } from '../../support/stock-market.ts'

const index = fc.nat(7)

const STEPS = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('sell' as const),
      index,
      quantity: fc.integer({ min: 1, max: 4 }),
    }),
  },
  ...(['hear', 'hold', 'cancel', 'arriveCount', 'begin', 'arrive', 'answer', 'look', 'tell'] as const).map(
    step => ({
      weight: step === 'cancel' ? 1 : 4,
      arbitrary: fc.record({ do: fc.constant(step), index }),
    }),
  ),
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      index,
      kind: fc.constantFrom('lost' as const, 'refused' as const, 'crash' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('check' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 90_000 }) }),
  },
)

type Step = typeof STEPS extends fc.Arbitrary<infer T> ? T : never

const MARKETS = fc.record({
  stock: fc.nat(40),
  shops: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
  steps: fc.array(STEPS, { minLength: 20, maxLength: 120 }),
})

function take(market: StockMarket, step: Step): void {
  switch (step.do) {
    case 'sell':
      market.sell(step.index, step.quantity)
      break
    case 'fail':
      market.fail(step.index, step.kind)
      break
    case 'wait':
      market.wait(step.ms)
      break
    case 'check':
      market.check()
      break
    default:
      market[step.do](step.index)
  }
}

const RUNS = { numRuns: 100 }

/** A write that was lost is written again and sold from at once: the sale looks like one from before. */
const LOST_BEFORE_SALE = {
  stock: 2,
  shops: [false, false],
  steps: [
    { do: 'begin', index: 1 },
    { do: 'fail', index: 1, kind: 'lost' },
    { do: 'begin', index: 1 },
    { do: 'arrive', index: 1 },
    { do: 'sell', index: 1, quantity: 1 },
  ] satisfies Step[],
}

describe('a pool that is split', () => {
  it('never sells more than was counted, whatever comes when, fails or is lost', () => {
    fc.assert(
      fc.property(MARKETS, ({ stock, shops, steps }) => {
        const market = new StockMarket({ stock, shops })
        for (const step of steps) {
          take(market, step)
          expect(market.soldUnits).toBeLessThanOrEqual(stock)
        }
        market.settle()
        expect(market.soldUnits).toBeLessThanOrEqual(stock)
      }),
      RUNS,
    )
  })

  it('shows in the end what is left, every channel at least half of its share', () => {
    fc.assert(
      fc.property(MARKETS, ({ stock, shops, steps }) => {
        const market = new StockMarket({ stock, shops })
        for (const step of steps) take(market, step)
        market.settle()
        const left = stock - market.soldUnits
        const shown = market.shops.map(({ shows }) => shows)
        const pool = poolOf(market.item, market.ledger.rule, market.ledger.now)
        expect(pool.units).toBe(left)
        expect(Object.values(market.item.offers).map(exposureOf)).toEqual(
          market.shops.map(({ id }) => market.item.offers[id]!.shown),
        )
        expect(market.shops.map(({ id }) => market.item.offers[id]!.shown)).toEqual(shown)
        const sum = shown.reduce((total, units) => total + units, 0)
        expect(sum).toBeLessThanOrEqual(left)
        if (shops.every(Boolean)) expect(sum).toBe(left)
        const share = Math.floor(left / shops.length)
        for (const units of shown) expect(units * 2).toBeGreaterThanOrEqual(share)
      }),
      { ...RUNS, examples: [[LOST_BEFORE_SALE]] },
    )
  })
})
