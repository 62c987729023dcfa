import { describe, expect, it } from '@jest/globals'
import { odooServer } from '../support/odoo.ts'
import { odooStorm } from './odoo-storm.ts'

const server = odooServer()
const suite = server ? describe : describe.skip

/** The full size is `node test/faults/run-odoo-storm.ts 500 10`. */
const SMALL = {
  ...{ orders: 10, kills: 2, apartMs: 2_500, seed: 20_261, quietAhead: true },
  ...{ articles: 1, settleSeconds: 8 },
}

suite('five channels and a real Odoo', () => {
  it('hold the same orders, and show the same stock, after SIGKILL, duplicates, disorder and a bad line', async () => {
    const report = await odooStorm({ server: server!, ...SMALL })
    expect(report).toMatchObject({
      ...{ orders: SMALL.orders, kills: SMALL.kills, parked: [] },
      comparison: {
        ...{ orders: SMALL.orders, missing: [], doubled: [], strange: [] },
        ...{ totals: [], states: [], lines: [], partners: [], currencies: [] },
      },
      stock: { figures: 35, differing: [], overshown: [] },
    })
  }, 240_000)
})
