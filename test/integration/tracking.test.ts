import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { TrackingEvent } from '#core/documents/types.gen.ts'
import type { ProbePoint } from '#core/kernel/probe.ts'
import { type TrackingHub, trackingHub } from '../support/tracking-hub.ts'
import { day, NUMBER, SHIPMENT, scan, tellersOf } from '../support/tracking-tellers.ts'

let hub: TrackingHub
const { order, shipped, told, bodyAt, documentOf } = tellersOf(() => hub)

beforeEach(async () => {
  hub = await trackingHub()
})
afterEach(() => hub.close())

describe('a shipment of the warehouse', () => {
  beforeEach(async () => {
    await order()
    await hub.drain()
  })

  it('goes once to exactly the shop that sold it, as its order is called there', async () => {
    await order('shop2', 'o2')
    await hub.drain()
    await shipped()
    await shipped()
    await hub.drain()
    expect(hub.partners.shop.operations).toHaveLength(1)
    expect(hub.partners.shop2.operations).toEqual([])
    const [operation] = hub.partners.shop.operations
    expect(operation!.body).toMatchObject({ orderId: 'o1', orderNumber: '#1001' })
    expect(operation!.dependencies).toEqual({ 'order:acme:shop:o1': 'o1' })
  })

  it('brings the delivery to the shop, in whatever order and however often the carrier tells it', async () => {
    await shipped()
    await hub.drain()
    const news: [number, TrackingEvent[]][] = [
      [4, [scan(5, 'delivered')]],
      [2, [scan(2, 'in-transit'), scan(3, 'out-for-delivery')]],
      [4, [scan(5, 'delivered')]],
      [1, [scan(2, 'in-transit')]],
    ]
    for (const [rev, events] of news) {
      await told(rev, events)
      await hub.drain()
    }
    expect(bodyAt('shop')).toMatchObject({ status: 'delivered', deliveredAt: day(5), orderId: 'o1' })
    expect(bodyAt('shop').packages[0]!.events).toEqual([
      scan(2, 'in-transit'),
      scan(3, 'out-for-delivery'),
      scan(5, 'delivered'),
    ])
    // The shipment, the delivery, and what was before it: nothing for what was known.
    expect(hub.partners.shop.operations).toHaveLength(3)
    expect(hub.partners.ups.operations).toHaveLength(1)
  })

  it('has what the carrier told before anybody knew the shipment, but nothing of an earlier parcel of the number', async () => {
    const long = [{ at: '2025-06-01T00:00:00.000Z', status: 'delivered' as const }]
    await told(1, [...long, scan(2, 'in-transit')])
    await hub.drain()
    await shipped()
    await hub.drain()
    expect(bodyAt('shop').packages[0]).toMatchObject({
      status: 'in-transit',
      events: [scan(2, 'in-transit')],
    })
    expect((await documentOf('shipment:acme:ups:trk')).packages[0]!.events).toHaveLength(2)
  })

  it('gives the news of a number that is used again to the newest shipment', async () => {
    await shipped()
    await shipped({ id: 'w2', body: { shippedAt: '2026-12-01T00:00:00Z' } })
    await hub.drain()
    await told(1, [scan(5, 'delivered'), { at: '2026-12-03T00:00:00Z', status: 'in-transit' }])
    await hub.drain()
    expect((await documentOf(SHIPMENT)).packages[0]).toMatchObject({
      ...{ status: 'delivered', events: [scan(5, 'delivered')] },
    })
    expect((await documentOf('shipment:acme:wms:w2')).status).toBe('in-transit')
  })

  it('keeps the scans when the warehouse changes it', async () => {
    await shipped()
    await told(1, [scan(3, 'out-for-delivery')])
    await hub.drain()
    await shipped({ rev: 2, body: { service: 'express' } })
    await hub.drain()
    expect(bodyAt('shop')).toMatchObject({ service: 'express', status: 'out-for-delivery' })
  })

  it('understands a carrier that tells only how the parcel stands', async () => {
    await shipped()
    await hub.drain()
    const packages = [{ trackingNumber: NUMBER, status: 'delivered' as const }]
    const body = {
      externalId: 't',
      channel: 'ups',
      status: 'delivered',
      lines: [],
      packages,
      updatedAt: day(6),
    }
    await hub.receive('ups', { id: 't', rev: 1, resource: 'shipment', body })
    await hub.drain()
    expect(bodyAt('shop')).toMatchObject({ status: 'delivered', deliveredAt: day(6) })
  })

  it.each(['translate:claimed', 'translate:stored', 'translate:planned'] as ProbePoint[])(
    'loses no news when the process dies at %s',
    async point => {
      hub.hangs.add(point)
      await told(1, [scan(2, 'in-transit')])
      await shipped()
      await hub.drain()
      hub.hangs.clear()
      await hub.clock.advance(60_000)
      await hub.drain()
      expect(bodyAt('shop')).toMatchObject({ status: 'in-transit', orderId: 'o1' })
      expect((await hub.store.documents.list({ resource: 'shipment' })).total).toBe(2)
      expect((await hub.store.messages.list({ state: 'pending' })).total).toBe(0)
    },
  )

  it('and its news meet, whichever of the two is translated in between the other', async () => {
    const ids = [await shipped(), await told(1, [scan(2, 'in-transit')])]
    await Promise.all(ids.map(id => hub.translate(id, new AbortController().signal)))
    expect((await documentOf(SHIPMENT)).status).toBe('in-transit')
    expect((await documentOf(SHIPMENT)).packages[0]!.events).toEqual([scan(2, 'in-transit')])
  })
})

describe('a tracking that lapses', () => {
  it('is registered again before it does, until the parcel has arrived', async () => {
    const HOUR = 3_600_000
    const { ups } = hub.partners
    ups.lapsesAt = ({ body }) => (body['status'] === 'delivered' ? undefined : hub.clock.now() + 100 * HOUR)
    await order()
    await hub.drain()
    await shipped()
    await hub.drain()
    const { id } = (await hub.store.deliveries.list({ destination: 'ups' })).items[0]!
    await hub.clock.advance(90 * HOUR - 1)
    await hub.drain()
    expect(ups.operations).toHaveLength(1)
    await hub.clock.advance(1)
    await hub.drain()
    expect(ups.operations).toHaveLength(2)
    expect(await hub.store.deliveries.get(id)).toMatchObject({
      state: 'confirmed',
      revision: 1,
      uncertain: false,
    })
    await told(1, [scan(2, 'delivered')])
    await hub.drain()
    await hub.clock.advance(90 * HOUR)
    await hub.drain()
    expect(ups.operations).toHaveLength(3)
    await hub.clock.advance(1_000 * HOUR)
    await hub.drain()
    expect(ups.operations).toHaveLength(3)
  })
})
