import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { push } from '#connectors/storefronts/bigcommerce/push.ts'
import type { HttpRequest } from '#core/contracts/connector.ts'
import { gathering, outcomes } from '../../../support/gathering.ts'
import { AT, type OpenStore, openStore, operation } from './store.ts'

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

describe('a stock figure of which the hub knows what the store shows', () => {
  const known = (available: number, expected: number, over = {}) =>
    push(
      operation({ resource: 'inventory', body: { sku: 'SYLT-S', available }, expected, ...over }),
      store.context,
    )

  it('is added or taken off, whatever the store has just sold', async () => {
    held()!.onHand = 4
    expect(await known(9, 5)).toMatchObject({ externalId: '509@1', found: 5 })
    expect(held()).toMatchObject({ onHand: 8, writes: 1 })
    expect(store.asked.at(-1)).toBe('POST /v3/inventory/adjustments/relative')
  })

  it('leaves the safety stock alone', async () => {
    Object.assign(held()!, { onHand: 7, safety: 2 })
    await known(3, 5)
    expect(held()).toMatchObject({ onHand: 5 })
  })

  it('becomes none where the store sold more than is taken off', async () => {
    Object.assign(held()!, { onHand: 3, safety: 2 })
    expect(await known(1, 5)).toMatchObject({ found: 4 })
    expect(held()).toMatchObject({ onHand: 2 })
  })

  it('is set, not added, where an earlier try may have arrived', async () => {
    held()!.onHand = 9
    expect(await known(9, 5, { uncertain: true })).toMatchObject({ found: 9 })
    expect(held()).toMatchObject({ onHand: 9, writes: 0 })
    held()!.onHand = 4
    expect(await known(9, 5, { uncertain: true })).toMatchObject({ found: 4 })
    expect(held()).toMatchObject({ onHand: 8, writes: 1 })
  })

  it('that is unchanged costs no write', async () => {
    await known(5, 5)
    expect(held()!.writes).toBe(0)
  })

  describe('and wants nothing else, as in a compare', () => {
    it('tells and takes off what somebody added, and leaves the safety stock alone', async () => {
      Object.assign(held()!, { onHand: 11, safety: 2 })
      expect(await known(5, 5)).toMatchObject({ externalId: '509@1', found: 9 })
      expect(held()).toMatchObject({ onHand: 7, writes: 1 })
    })

    it('tells what is missing, and gives none of it back', async () => {
      held()!.onHand = 3
      expect(await known(5, 5)).toMatchObject({ found: 3 })
      expect(held()).toMatchObject({ onHand: 3, writes: 0 })
    })

    it('keeps what is sold between look and write', async () => {
      held()!.onHand = 9
      expect(await push(compare(), selling(2))).toMatchObject({ found: 9 })
      expect(held()!.onHand).toBe(3)
    })

    it('shows none where more was sold meanwhile than is left to take off', async () => {
      held()!.onHand = 9
      expect(await push(compare(), selling(6))).toMatchObject({ found: 0 })
      expect(held()!.onHand).toBe(0)
    })

    it('is not held against a store that may not show yet what was just written', async () => {
      held()!.onHand = 3
      expect(await known(5, 5, { expectedSince: AT - 59_000 })).toMatchObject({ found: 5 })
      expect(await known(5, 5, { expectedSince: AT - 61_000 })).toMatchObject({ found: 3 })
    })

    const compare = () =>
      operation({ resource: 'inventory', body: { sku: 'SYLT-S', available: 5 }, expected: 5 })

    /** The store sells so many right before the first write. */
    const selling = (units: number) => {
      let left = units
      const request = (given: HttpRequest) => {
        if (given.method !== 'GET') held()!.onHand -= left
        if (given.method !== 'GET') left = 0
        return store.context.http.request(given)
      }
      return { ...store.context, http: { request } }
    }
  })

  it('keeps a refusal from the others of its call', async () => {
    for (const variant of [601, 602, 603, 604, 605])
      store.simulator.store.putStock(variant, `CUP-${variant}`, 25)
    const gone = store.simulator.store.stock
    const context = gathering(store.context)
    // The article goes between the look and the write.
    const request = (given: HttpRequest) => {
      if (given.method === 'POST') gone.delete(603)
      return context.http.request(given)
    }
    const selling = { ...context, http: { request } }
    const asked = [601, 602, 603, 604, 605].map(variant =>
      push(
        operation({ resource: 'inventory', body: { sku: `CUP-${variant}`, available: 30 }, expected: 25 }),
        selling,
      ),
    )
    const answers = await outcomes(asked)
    expect(answers[2]).toMatchObject({ code: 'PARTNER_REFUSED' })
    expect(answers.filter(answer => answer instanceof Error)).toHaveLength(1)
    expect([601, 602, 604, 605].map(variant => gone.get(variant)?.onHand)).toEqual([30, 30, 30, 30])
  })
})
