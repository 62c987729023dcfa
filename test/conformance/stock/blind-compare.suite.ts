import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type StockEngine, type StockStore, stockEngine } from '../../support/stock-engine.ts'

const SETTLE_MS = 60_000

/** A shop that cannot compare is held against what it tells of itself: when it tells, and by a compare. */
export function blindCompareSuite(name: string, store: StockStore): void {
  describe(`a compare with a shop that cannot compare, on ${name}`, () => {
    let engine: StockEngine
    const shown = (sku = 'A') => [
      engine.shops['shop-a'].shows.get(sku),
      engine.shops['shop-b'].shows.get(sku),
    ]

    beforeEach(async () => {
      engine = await stockEngine(store)
      engine.shops['shop-a'].compares = false
      await engine.count('A', 10)
      await engine.drain()
      await engine.drain()
    })
    afterEach(() => engine.close())

    it('finds by a compare what somebody raised at a shop that cannot compare, and takes it back before it gives any', async () => {
      await engine.clock.advance(2 * SETTLE_MS)
      engine.shops['shop-a'].sell('A', -20)
      await engine.tellsFigure('shop-a', 'A')
      await engine.drain(['translate'])
      await engine.stock.check('acme')
      await engine.drain()
      expect(engine.counted).toEqual(['stock_differences_total shop-a compare'])
      const [a, b] = shown() as [number, number]
      expect(a).toBe(0)
      // All that it showed may have been sold.
      expect(b).toBeLessThanOrEqual(5)
      for (let round = 0; round < 3; round++) {
        await engine.clock.advance(SETTLE_MS + 1_000)
        await engine.stock.reviewDue(10)
        await engine.drain()
      }
      expect(shown()).toEqual([5, 5])
    })

    it('asks for no compare where the shop tells of itself: what it sold and never told is settled minutes later', async () => {
      await engine.clock.advance(2 * SETTLE_MS)
      engine.shops['shop-a'].sell('A', 3)
      await engine.tellsFigure('shop-a', 'A')
      await engine.drain()
      // The order may still be on its way.
      expect(shown()).toEqual([2, 5])
      expect(engine.counted).toEqual([])
      await engine.clock.advance(SETTLE_MS - 1)
      await engine.tellsFigure('shop-a', 'A')
      await engine.stock.reviewDue(10)
      await engine.drain()
      expect(shown()).toEqual([2, 5])
      await engine.clock.advance(2)
      await engine.stock.reviewDue(10)
      await engine.drain()
      expect(engine.counted).toEqual(['stock_differences_total shop-a compare'])
      const [a, b] = shown() as [number, number]
      expect(a + b).toBeLessThanOrEqual(10 - 3)
    })

    it('is not misled by what was told before our write and heard after it', async () => {
      await engine.clock.advance(2 * SETTLE_MS)
      engine.shops['shop-a'].shows.set('A', 9)
      await engine.tellsFigure('shop-a', 'A')
      await engine.drain()
      await engine.clock.advance(1_000)
      engine.shops['shop-a'].shows.set('A', 5)
      await engine.tellsFigure('shop-a', 'A')
      await engine.drain()
      const writes = engine.shops['shop-a'].writes.length
      await engine.clock.advance(2 * SETTLE_MS)
      await engine.stock.reviewDue(10)
      await engine.drain()
      expect(engine.counted).toEqual([])
      expect(engine.shops['shop-a'].writes).toHaveLength(writes)
    })

    it('takes nothing back where the sale is heard of in time', async () => {
      await engine.clock.advance(2 * SETTLE_MS)
      engine.shops['shop-a'].sell('A', 3)
      await engine.tellsFigure('shop-a', 'A')
      await engine.drain()
      await engine.order('shop-a', '1', { A: 3 })
      await engine.drain()
      const writes = engine.shops['shop-a'].writes.length
      await engine.clock.advance(2 * SETTLE_MS)
      await engine.stock.reviewDue(10)
      await engine.drain()
      expect(engine.counted).toEqual([])
      expect(engine.shops['shop-a'].writes).toHaveLength(writes)
    })

    it('does not give back what a shop that cannot compare sold and never told', async () => {
      await engine.clock.advance(2 * SETTLE_MS)
      engine.shops['shop-a'].sell('A', 3)
      await engine.tellsFigure('shop-a', 'A')
      await engine.drain(['translate'])
      // The order may still be on its way.
      await engine.stock.check('acme')
      await engine.drain()
      expect(shown()).toEqual([2, 5])
      expect(engine.counted).toEqual([])
      await engine.clock.advance(SETTLE_MS + 1_000)
      await engine.stock.check('acme')
      await engine.drain()
      expect(engine.counted).toEqual(['stock_differences_total shop-a compare'])
      const [a, b] = shown() as [number, number]
      expect(a + b).toBeLessThanOrEqual(10 - 3)
    })

    it('takes no sale that was heard of for a difference', async () => {
      await engine.clock.advance(1_000)
      await engine.tellsFigure('shop-a', 'A')
      await engine.drain(['translate'])
      await engine.clock.advance(1_000)
      engine.shops['shop-a'].sell('A', 1)
      await engine.order('shop-a', '1', { A: 1 })
      await engine.drain()
      await engine.clock.advance(2 * SETTLE_MS)
      const writes = engine.shops['shop-a'].writes.length
      await engine.stock.check('acme')
      await engine.drain()
      expect(engine.counted).toEqual([])
      expect(engine.shops['shop-a'].writes).toHaveLength(writes)
    })
  })
}
