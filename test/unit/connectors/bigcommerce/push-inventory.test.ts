import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { push } from '#connectors/storefronts/bigcommerce/push.ts'
import { type OpenStore, openStore, operation } from './store.ts'

let store: OpenStore

beforeEach(async () => {
  store = await openStore()
  store.simulator.store.putStock(509, 'SYLT-S', 5)
})
afterEach(() => store.close())

const pushed = (body: Record<string, unknown>) =>
  push(operation({ resource: 'inventory', body }), store.context)
const held = () => store.simulator.store.stock.get(509)

describe('a stock figure pushed to BigCommerce', () => {
  it('is what can be sold, whatever is kept back', async () => {
    held()!.safety = 2
    expect(await pushed({ sku: 'SYLT-S', available: 7 })).toMatchObject({ externalId: '509@1' })
    expect(held()).toMatchObject({ onHand: 9, writes: 1 })
  })

  it('that the store shows already is not written', async () => {
    await pushed({ sku: 'SYLT-S', available: 5 })
    expect(held()).toMatchObject({ onHand: 5, writes: 0 })
  })

  it.each([
    ['of an unknown article', { sku: 'NO-SUCH', available: 1 }, 'sku'],
    ['without a figure', { sku: 'SYLT-S' }, 'stock'],
  ])('%s is shown to a person', async (_, body, fingerprint) => {
    await expect(pushed(body)).rejects.toMatchObject({ code: 'PARTNER_REFUSED', fingerprint })
  })

  it('of an SKU that two articles share is shown to a person', async () => {
    store.simulator.store.putStock(510, 'SYLT-S', 1)
    await expect(pushed({ sku: 'SYLT-S', available: 7 })).rejects.toMatchObject({ fingerprint: 'sku' })
  })
})
