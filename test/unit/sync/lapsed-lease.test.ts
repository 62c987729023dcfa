import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type EngineHarness, engineHarness, LEASE_MS } from '../../support/engine-harness.ts'

let hub: EngineHarness

beforeEach(async () => {
  hub = await engineHarness()
})
afterEach(() => hub.close())

const only = async () => (await hub.store.deliveries.list({})).items[0]!

describe('a delivery that took longer than its lease', () => {
  it('sends nothing any more: another process may have taken it over', async () => {
    await hub.receive({ id: 'o1', rev: 1 })
    hub.erp.look = async () => {
      await hub.clock.advance(LEASE_MS)
      hub.erp.look = () => undefined
    }
    await hub.drain()
    expect(hub.erp.records.size).toBe(0)
    expect(await only()).toMatchObject({
      ...{ state: 'pending', reason: 'LEASE_LAPSED', uncertain: false, spent: 0, claims: 0 },
    })

    await hub.clock.advance(LEASE_MS)
    await hub.drain()
    expect(hub.erp.created).toEqual(['order:acme:shop:o1'])
    expect(await only()).toMatchObject({ state: 'confirmed' })
  })

  it('leaves alone what the other process made of it', async () => {
    await hub.receive({ id: 'o1', rev: 1 })
    const { promise: slow, resolve: goOn } = Promise.withResolvers<void>()
    hub.erp.next = [
      async operation => {
        await slow
        return hub.erp.store(operation)
      },
    ]
    const first = hub.drain()
    while (hub.erp.operations.length === 0) await new Promise(resolve => setImmediate(resolve))
    await hub.clock.advance(LEASE_MS)
    await hub.deliver((await only()).id, new AbortController().signal)
    goOn()
    await first
    expect(await only()).toMatchObject({ state: 'confirmed', uncertain: false })
    expect(hub.erp.operations.map(({ uncertain }) => uncertain)).toEqual([false, true])
  })
})
