import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Store } from '#core/contracts/store.ts'
import type { Order, Shipment } from '#core/documents/types.gen.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { deliveryId } from '#core/kernel/ids.ts'
import { formatInstant } from '#core/kernel/instant.ts'
import { alertShipBy, shipByRows } from '#core/orchestration/ship-by.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { landed, ORDER_ID, order } from './orders.ts'

const HOUR = 3_600_000

let store: Store
let clock: ManualClock
let counted: string[]

beforeEach(() => {
  store = openSqliteStore({ url: ':memory:', engine: true })
  clock = new ManualClock()
  counted = []
})
afterEach(() => store.close())

const deps = () => ({
  ...{ store, clock, aheadMs: 4 * HOUR },
  telemetry: {
    attempt: () => undefined,
    observe: () => undefined,
    log: () => undefined,
    count: (name: string, labels?: object) => void counted.push(`${name} ${JSON.stringify(labels)}`),
  },
})
const promised = (inMs: number, more: Partial<Order> = {}) =>
  landed(store, order({ shipBy: formatInstant(clock.now() + inMs), ...more }))
const rows = async () => (await shipByRows(deps())).map(({ externalId, late }) => [externalId, late])

describe('orders that must be shipped', () => {
  it('are called out before their time, and stay after it', async () => {
    await promised(5 * HOUR)
    expect(await rows()).toEqual([])
    await clock.advance(HOUR + 1)
    expect(await rows()).toEqual([['1', false]])
    await clock.advance(4 * HOUR)
    expect(await rows()).toEqual([['1', true]])
  })

  it('are counted once for each time that was promised', async () => {
    await promised(HOUR)
    expect([await alertShipBy(deps()), await alertShipBy(deps())]).toEqual([1, 0])
    expect(counted).toEqual(['ship_by_alerts_total {"connection":"shop"}'])
    await promised(2 * HOUR)
    expect(await alertShipBy(deps())).toBe(1)
  })

  it.each<[string, Partial<Order>]>([
    ['shipped', { fulfilmentStatus: 'fulfilled' }],
    ['cancelled', { status: 'cancelled' }],
    ['closed', { status: 'closed' }],
    ['only a test', { test: true }],
  ])('are no concern any more when they are %s', async (_why, more) => {
    await promised(HOUR)
    expect(await rows()).toHaveLength(1)
    await promised(HOUR, more)
    expect(await rows()).toEqual([])
  })

  /** A shipment of the order that its channel has confirmed, unless told otherwise. */
  async function shipped(
    externalId: string,
    { told = true, of = ORDER_ID, ...more }: Partial<Shipment> & { told?: boolean; of?: string } = {},
  ) {
    const body = { externalId, channel: 'wms', status: 'shipped', lines: [], packages: [], ...more }
    const document = await landed(store, body, { resource: 'shipment', connection: 'wms', dependsOn: [of] })
    const now = clock.now()
    const place = { resource: 'shipment' as const, tenant: 'acme', source: 'wms', destination: 'shop' }
    const id = deliveryId(document.id, 'shop')
    const wanted = { flow: 'f', revision: document.revision, receivedAt: now, priority: 10 }
    await store.deliveries.want({ id, document: document.id, ...place, ...wanted }, now)
    if (!told) return
    await store.deliveries.claim(id, { token: 't', now, until: now + HOUR })
    await store.deliveries.settle(id, 't', { state: 'confirmed', revision: 1, attempt: { at: now } })
  }

  it('are no concern once a shipment is confirmed at their channel, and not before', async () => {
    await promised(HOUR)
    await shipped('s1', { told: false })
    expect(await rows()).toHaveLength(1)
    await shipped('s2')
    expect(await rows()).toEqual([])
  })

  it('are no concern once their channel itself tells of a shipment', async () => {
    await promised(HOUR)
    const body = { externalId: 's1', channel: 'shop', status: 'shipped', lines: [], packages: [] }
    await landed(store, body, { resource: 'shipment', dependsOn: [ORDER_ID] })
    expect(await rows()).toEqual([])
  })

  it.each<Shipment['status']>(['pending', 'ready', 'label-created', 'cancelled'])(
    'stay a concern while their shipment is %s',
    async status => {
      await promised(HOUR)
      await shipped('s1', { status })
      expect(await rows()).toHaveLength(1)
    },
  )

  it('stay a concern until the last part of them has left', async () => {
    await promised(HOUR)
    await shipped('s1', { lines: [{ sku: 'TENT', quantity: 1 }] })
    expect(await rows()).toHaveLength(1)
    await shipped('s2', { lines: [{ sku: 'TENT', quantity: 1 }] })
    expect(await rows()).toEqual([])
  })

  it('do not wait for units that were taken off, or need no shipping', async () => {
    const [tent] = order().lines
    const guarantee = { title: 'Guarantee', quantity: 1, unitPrice: '0.00', kind: 'service' as const }
    await promised(HOUR, { lines: [{ ...tent!, currentQuantity: 1 }, guarantee] })
    await shipped('s1', { lines: [{ sku: 'TENT', quantity: 1 }] })
    expect(await rows()).toEqual([])
  })

  it('are no concern when nothing of them is wanted any more, unlike those whose lines are not known', async () => {
    const [tent] = order().lines
    await promised(HOUR, { lines: [{ ...tent!, currentQuantity: 0 }] })
    expect(await rows()).toEqual([])
    await promised(HOUR, { lines: [] })
    expect(await rows()).toHaveLength(1)
  })

  it('are found behind any number of others that were shipped but are not closed', async () => {
    for (let n = 0; n < 1_203; n++) {
      const externalId = `done-${n}`
      // Channels promise the end of a day: many at the same time.
      await promised(n < 700 ? HOUR : 2 * HOUR, { externalId })
      await shipped(`s-${n}`, { of: `order:acme:shop:${externalId}` })
    }
    await promised(3 * HOUR)
    expect(await rows()).toEqual([['1', false]])
    expect(await alertShipBy(deps())).toBe(1)
  })

  it('are told for every tenant, however many one of them is late with', async () => {
    for (let n = 0; n < 520; n++)
      await landed(store, order({ externalId: `${n}`, shipBy: formatInstant(clock.now() + n) }), {
        tenant: 'globex',
      })
    await promised(HOUR)
    const found = Map.groupBy(await shipByRows(deps()), ({ tenant }) => tenant)
    expect([found.get('globex')?.length, found.get('acme')?.length]).toEqual([500, 1])
    expect(await alertShipBy(deps())).toBe(521)
  })
})
