import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Store } from '#core/contracts/store.ts'
import { storeItem } from '#test/support/stock-item.ts'
import { type CliWorld, CONFIG, cliWorld } from './cli-harness.ts'

let cli: CliWorld
let store: Store

beforeEach(() => {
  cli = cliWorld()
  store = cli.store()
})
afterEach(() => cli.close())

const WITH_LEDGER = `${CONFIG}
stock:
  - { tenant: acme, sources: [acme-shopify], channels: {} }
`

describe('hub stock', () => {
  it('list: what is counted, reserved and shown, by SKU', async () => {
    expect((await cli.hub('stock list')).out).toBe('Nothing was counted yet.\n')
    await storeItem(store)
    await storeItem(store, { tenant: 'globex' })
    const { out } = await cli.hub('stock list --tenant acme')
    expect(out).toMatch(/SKU +TENANT +COUNTED +RESERVED +SHOWN/)
    expect(out).toMatch(/BOOT-42 +acme +10 +2 +acme-shopify 4, acme-ebay 6→4/)
    expect(out).not.toContain('globex')
    expect((await cli.hub('stock list --json')).json).toMatchObject({ total: 2 })
  })

  it('show: one item by place and by channel', async () => {
    await storeItem(store)
    const { out, code } = await cli.hub('stock show BOOT-42')
    expect(code).toBe(0)
    expect(out).toMatch(/counted +10\nreserved +2/)
    expect(out).toMatch(/acme-erp +Hamburg +10/)
    expect(out).toMatch(/acme-ebay +4 +6 +1 +waiting/)
    expect((await cli.hub('stock show BOOT-42 --json')).json).toMatchObject({ sku: 'BOOT-42', counted: 10 })
  })

  it('show: says what it does not know, and asks which tenant is meant', async () => {
    const unknown = await cli.hub('stock show NONE')
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('“NONE”')])
    await storeItem(store)
    await storeItem(store, { tenant: 'globex' })
    const both = await cli.hub('stock show BOOT-42')
    expect([both.code, both.err]).toEqual([1, expect.stringContaining('name one')])
    expect((await cli.hub('stock show BOOT-42 --tenant globex')).code).toBe(0)
  })

  it('compare: begins one that the running hub goes on with', async () => {
    const { out, code } = await cli.hub('stock compare', { yaml: WITH_LEDGER })
    expect([code, out]).toEqual([0, expect.stringContaining('compares the stock of 1 tenant')])
    const cursor = await store.cursors.get('stock:acme', 'inventory')
    expect(JSON.parse(cursor!.value)).toEqual({ isOn: true })
  })

  it('compare: refuses where no ledger is declared', async () => {
    const { code, err } = await cli.hub('stock compare')
    expect([code, err]).toEqual([1, expect.stringContaining('declares no `stock`')])
    expect((await cli.hub('stock compare --tenant globex', { yaml: WITH_LEDGER })).code).toBe(1)
  })
})
