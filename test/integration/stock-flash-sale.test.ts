import { describe, expect, it } from '@jest/globals'
import { runFlashSale } from '../bench/flash-sale.ts'

describe('a flash sale over four channels', () => {
  const guarded = runFlashSale('guarded', 7)

  it('oversells nothing, with an ERP that is slow and away for a minute', () => {
    expect(guarded.orders).toBeGreaterThan(3_000)
    expect(guarded.oversold).toBe(0)
  })

  it('sells nearly all that there is', () => expect(guarded.soldShare).toBeGreaterThan(0.95))

  it('tells channels of a change within a second', () => expect(guarded.p99Ms).toBeLessThanOrEqual(1_000))

  it('oversells in the same sale where figures are only copied', () =>
    expect(runFlashSale('copied', 7).oversold).toBeGreaterThan(0))
})
