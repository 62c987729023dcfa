import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Store } from '#core/contracts/store.ts'
import { stockHealth } from '#core/health/stock-health.ts'
import { rulesByTenant } from '#core/inventory/rule.ts'
import { surveyStock } from '#core/inventory/survey.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { storeItem } from '#test/support/stock-item.ts'
import { channelRule, stockRule } from '#test/support/stock-market.ts'

const DAY_MS = 86_400_000
const NOW = 10 * DAY_MS
const channels = { 'acme-shopify': channelRule(), 'acme-ebay': channelRule() }
const rule = stockRule({ sources: ['acme-erp'], staleMinutes: 60, channels })

let store: Store
beforeEach(() => {
  store = openSqliteStore({ url: ':memory:', engine: true })
})
afterEach(() => store.close())

const survey = () => surveyStock(store, rulesByTenant([rule]), NOW)
const count = (available: number, at = NOW) => ({ source: 'acme-erp', location: 'Hamburg', available, at })

describe('the survey of a ledger', () => {
  it('counts items, old counts and what is sold beyond them', async () => {
    await storeItem(store, { sku: 'FRESH', counts: [count(10)] })
    await storeItem(store, { sku: 'OLD', counts: [count(10, NOW - 3_600_000)] })
    await storeItem(store, { sku: 'OVERSOLD', counts: [count(1)] })
    await storeItem(store, { sku: 'BUNDLE', counts: [] })
    await storeItem(store, { tenant: 'globex' })
    expect(await survey()).toMatchObject([{ tenant: 'acme', items: 3, stale: 1, oversold: 1 }])
  })

  it('counts the figures of each channel by what became of them', async () => {
    await storeItem(store, { sku: 'A' })
    const refused = { wanted: 1, ceiling: 2, shown: 2, parked: true as const }
    await storeItem(store, { sku: 'B', offers: { 'acme-ebay': refused } })
    expect((await survey())[0]!.channels).toEqual([
      { channel: 'acme-shopify', shown: 1, unpublished: 0, refused: 0 },
      { channel: 'acme-ebay', shown: 0, unpublished: 1, refused: 1 },
    ])
  })

  it('counts what a compare repaired within a day', async () => {
    const drifted = (at: number) => ({
      'acme-ebay': { wanted: 4, ceiling: 4, shown: 4, drift: { quantity: 3, at } },
    })
    await storeItem(store, { sku: 'A', offers: drifted(NOW - 1_000) })
    await storeItem(store, { sku: 'B', offers: drifted(NOW - DAY_MS) })
    expect((await survey())[0]!.drifted).toBe(1)
  })

  it('is one row of the health snapshot: of all tenants or of one, none where no ledger is declared', async () => {
    await storeItem(store, { counts: [count(10)] })
    const stock = survey
    expect(await stockHealth({ stock })).toMatchObject({ items: 1, oversold: 0, drifted: 0 })
    expect(await stockHealth({ stock }, 'globex')).toBeNull()
    expect(await stockHealth({})).toBeNull()
  })
})
