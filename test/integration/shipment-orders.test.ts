import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type TrackingHub, trackingHub, WAIT_MS } from '../support/tracking-hub.ts'
import { tellersOf } from '../support/tracking-tellers.ts'

let hub: TrackingHub
const { order, shipped, echo, bodyAt, documentOf } = tellersOf(() => hub)

beforeEach(async () => {
  hub = await trackingHub()
})
afterEach(() => hub.close())

describe('a shipment that names its order in our words', () => {
  it('waits until the order is linked, then goes on by itself', async () => {
    const id = await shipped()
    await hub.drain()
    expect(await hub.store.messages.get(id)).toMatchObject({ state: 'pending', spent: 0 })
    await order()
    await hub.drain()
    await hub.clock.advance(5_000)
    await hub.drain()
    expect(bodyAt('shop').orderId).toBe('o1')
  })

  it.each([
    ['our key', 'acme:shop:o1'],
    ['its number', '#1001'],
  ])('finds it by %s before the link is stored', async (_, key) => {
    await order()
    await hub.drain(['translate'])
    await shipped({ linkId: 'not-yet', key })
    await hub.drain()
    expect(bodyAt('shop').orderId).toBe('o1')
  })

  it('takes the order that was written to the warehouse where two shops use the number', async () => {
    await order('shop2', 'o2')
    await hub.drain()
    const two = hub.store.documents
    const { revision: _r, createdAt: _c, updatedAt: _u, ...other } = (await two.get('order:acme:shop2:o2'))!
    await two.upsert(
      { ...other, id: 'order:acme:shop:o9', key: 'acme:shop:o9', connection: 'shop', externalId: 'o9' },
      1,
    )
    await shipped({ linkId: 'not-yet', key: '#1001' })
    await hub.drain()
    expect(hub.partners.shop.operations).toEqual([])
    expect(bodyAt('shop2').orderId).toBe('o2')
  })

  it('is parked with a reason when the order never comes', async () => {
    const id = await shipped()
    await hub.drain()
    for (let waited = 0; waited < WAIT_MS; waited += 300_000) {
      await hub.clock.advance(300_000)
      await hub.drain()
    }
    expect(await hub.store.messages.get(id)).toMatchObject({ state: 'dead', reason: 'DEPENDENCY_TIMEOUT' })
  })
})

describe('what the hub wrote to the shop itself', () => {
  beforeEach(async () => {
    await order()
    await hub.drain()
  })

  it('comes back as an echo and makes no second shipment', async () => {
    await shipped()
    await hub.drain()
    const id = await echo('shop-1')
    await hub.drain()
    expect(await hub.store.messages.get(id)).toMatchObject({ state: 'skipped', reason: 'ECHO' })
    expect(await documentOf('shipment:acme:shop:shop-1')).toBeUndefined()
  })

  it('is an echo, too, when it comes before the answer to our write', async () => {
    let early = ''
    hub.partners.shop.beforeAnswer = async id => {
      early = await echo(id)
      await hub.translate(early, new AbortController().signal)
      expect(await hub.store.messages.get(early)).toMatchObject({ state: 'pending' })
    }
    await shipped()
    await hub.drain()
    await hub.clock.advance(5_000)
    await hub.drain()
    expect(await hub.store.messages.get(early)).toMatchObject({ state: 'skipped', reason: 'ECHO' })
    expect(hub.partners.shop.operations).toHaveLength(1)
  })

  it('is no reason to take a shipment of the shop itself for one', async () => {
    await shipped()
    await hub.drain()
    const id = await echo('made-by-hand')
    await hub.drain()
    expect(await hub.store.messages.get(id)).toMatchObject({ state: 'done' })
  })
})
