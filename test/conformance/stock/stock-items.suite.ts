import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type StockEngine, type StockStore, stockEngine } from '../../support/stock-engine.ts'

const SETTLE_MS = 60_000

/** Some sources count by the id of a stock item alone. */
export function stockItemsSuite(name: string, store: StockStore): void {
  describe(`counts that name a stock item alone, on ${name}`, () => {
    let engine: StockEngine
    beforeEach(async () => {
      engine = await stockEngine(store)
    })
    afterEach(() => engine.close())

    const product = (sku: string) =>
      engine.tell('erp', 'product', {
        id: 'P1',
        body: { externalId: 'P1', variants: [{ sku, inventoryItemId: '808' }] },
      })
    const level = (available: number) =>
      engine.tell('erp', 'inventory', {
        id: '808@1',
        body: { externalId: '808@1', inventoryItemId: '808', location: { externalId: '1' }, available },
      })
    const counted = async (sku: string) => (await engine.item(sku))?.counts.map(({ available }) => available)

    it('are of the SKU that the product tells, whichever comes first', async () => {
      await level(7)
      await engine.drain()
      expect(engine.counted).toEqual(['stock_uncounted_total erp'])
      await product('A')
      await engine.drain()
      expect(await counted('A')).toEqual([7])
      await engine.clock.advance(1_000)
      await level(4)
      await engine.drain()
      expect(await counted('A')).toEqual([4])
    })

    it('go with the item when it gets another SKU', async () => {
      await product('A')
      await level(7)
      await engine.drain()
      await engine.clock.advance(1_000)
      await product('B')
      await engine.drain()
      expect([await counted('A'), await counted('B')]).toEqual([[0], [7]])
    })

    it('are told again when the process dies before all of them were', async () => {
      await level(7)
      await engine.drain()
      await product('A')
      engine.crashes.set('stock:changed', 0)
      await engine.drain()
      await engine.clock.advance(SETTLE_MS)
      await engine.drain()
      expect(await counted('A')).toEqual([7])
      expect(
        (await engine.store.links.list('stock-item:erp:808')).map(({ connection }) => connection),
      ).toContain('told')
    })
  })
}
