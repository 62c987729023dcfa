import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { storeItem } from '#test/support/stock-item.ts'
import { type ApiWorld, startApi } from './api-harness.ts'

let world: ApiWorld
let key: string
beforeEach(async () => {
  world = await startApi()
  key = await world.keyOf({ role: 'viewer' })
})
afterEach(() => world.close())

const stock = async (query = '', given = key) => world.call(`/api/v1/stock${query}`, { key: given })

describe('GET /api/v1/stock', () => {
  it('tells what is counted, reserved and shown of every item', async () => {
    await storeItem(world.store)
    expect((await stock()).json).toMatchObject({
      items: [
        {
          ...{ sku: 'BOOT-42', tenant: 'acme', counted: 10, reserved: 2, reservations: 1 },
          counts: [{ source: 'acme-erp', location: 'Hamburg', available: 10, at: '1970-01-01T00:00:01Z' }],
          offers: [
            { channel: 'acme-shopify', wanted: 4, shown: 4, unseen: 0, state: 'shown', drift: null },
            { channel: 'acme-ebay', wanted: 4, shown: 6, unseen: 1, state: 'waiting' },
          ],
        },
      ],
      total: 1,
    })
  })

  it('names the state of every figure', async () => {
    const offer = { wanted: 4, ceiling: 6 }
    await storeItem(world.store, {
      offers: {
        a: { ...offer, parked: true },
        b: { ...offer, sent: { quantity: 4, sold: 0 } },
        c: { ...offer, drift: { quantity: -2, at: 2_000 } },
      },
    })
    const [item] = (await stock()).json.items as { offers: unknown }[]
    expect(item!.offers).toMatchObject([
      { state: 'refused', shown: null },
      { state: 'sending' },
      { state: 'waiting', drift: { quantity: -2, at: '1970-01-01T00:00:02Z' } },
    ])
  })

  it('is by SKU, in pages, and finds one', async () => {
    for (const sku of ['C', 'A', 'B']) await storeItem(world.store, { sku })
    const first = (await stock('?limit=2')).json
    expect(first.items.map(({ sku }) => sku)).toEqual(['A', 'B'])
    const rest = (await stock(`?limit=2&after=${encodeURIComponent(String(first['next']))}`)).json
    expect(rest).toMatchObject({ items: [{ sku: 'C' }], next: null })
    expect((await stock('?sku=B')).json).toMatchObject({ items: [{ sku: 'B' }], total: 1 })
  })

  it('shows nothing to another tenant, and nothing to nobody', async () => {
    await storeItem(world.store)
    const stranger = await world.keyOf({ role: 'viewer', tenant: 'globex' })
    expect((await stock('', stranger)).json.total).toBe(0)
    expect((await stock('?tenant=acme', stranger)).status).toBe(404)
    expect((await world.call('/api/v1/stock')).status).toBe(401)
  })
})
