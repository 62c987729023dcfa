import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createErpSimulator, type ErpSimulator } from '#connectors/erp/rest/simulator.ts'
import type { Store } from '#core/contracts/store.ts'
import { compareErp } from '#workers/cli/demo/compare-erp.ts'
import { readSamples } from '#workers/cli/demo/samples.ts'
import { type CliWorld, cliWorld, landOrder } from './cli-harness.ts'

let cli: CliWorld
let store: Store
let erp: ErpSimulator
let baseUrl: string

beforeEach(async () => {
  cli = cliWorld()
  store = cli.store()
  erp = createErpSimulator({ random: () => 0.5 })
  baseUrl = await erp.listen()
  await landOrder(store, { id: '77', number: '#1001' })
})

afterEach(async () => {
  await erp.close()
  await cli.close()
})

const KEY = 'acme:acme-shopify:77'
const shopWith = (...ids: number[]) => ({ orders: new Map(ids.map(id => [id, {}])) }) as never
const write = (revision: number) =>
  fetch(`${baseUrl}/order`, { method: 'POST', body: JSON.stringify({ key: KEY, revision }) })

describe('the ledger of the demo', () => {
  it('has no doubt when the ERP holds the newest revision once', async () => {
    await write(1)
    expect(await compareErp({ store }, { erp, shop: shopWith(77) })).toEqual({ duplicates: 0, doubts: [] })
  })

  it('sees a confirmed document that the ERP does not hold, or holds at another revision', async () => {
    const missing = await compareErp({ store }, { erp, shop: shopWith() })
    expect(missing.doubts).toEqual([expect.stringContaining(`order:${KEY} is confirmed`)])
    await write(7)
    expect((await compareErp({ store }, { erp, shop: shopWith() })).doubts).toHaveLength(1)
  })

  it('sees an order of the shop that never reached the ERP', async () => {
    await write(1)
    const { doubts } = await compareErp({ store }, { erp, shop: shopWith(77, 78) })
    expect(doubts).toEqual(['order 78 of the shop is not in the ERP'])
  })

  it('counts keys that the ERP holds twice', async () => {
    await write(1)
    await write(1)
    expect((await compareErp({ store }, { erp, shop: shopWith(77) })).duplicates).toBe(1)
  })
})

describe('the samples of the demo', () => {
  it('are those of the mapping cases where the folder of real payloads is not there', async () => {
    const samples = await readSamples('nowhere')
    expect(samples.length).toBeGreaterThan(10)
    expect(new Set(samples.map(({ topic }) => topic)).size).toBeGreaterThan(2)
  })
})
