import { expect, it } from '@jest/globals'
import { stockStorm } from './stock-storm.ts'

/** The full size is `node test/faults/run-stock-storm.ts 3000 20`. */
it('shows and sells no unit twice under SIGKILL, doubled orders and failing writes', async () => {
  const report = await stockStorm({ buyers: 150, kills: 3, seed: 20_261 })
  expect(report).toMatchObject({ kills: 3, oversold: [], miscounted: [], deadLetters: 0 })
  expect(report.orders).toBeGreaterThan(10)
}, 180_000)
