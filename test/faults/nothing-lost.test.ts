import { describe, expect, it } from '@jest/globals'
import { STRATEGIES } from './storm/options.ts'
import { storm } from './storm.ts'

/** The full size is `node test/faults/run-storm.ts 2000 20`. */
const SMALL = { orders: 40, kills: 2, seed: 20_260 }

describe('nothing lost, nothing twice, newest last', () => {
  it.each(STRATEGIES)(
    'under SIGKILL, duplicates, disorder and a failing ERP with strategy %s',
    async strategy => {
      const report = await storm({ ...SMALL, strategy })
      expect(report).toMatchObject({
        acknowledged: SMALL.orders,
        kills: SMALL.kills,
        lost: [],
        doubled: [],
        stale: [],
        deadLetters: 0,
      })
    },
    180_000,
  )
})
