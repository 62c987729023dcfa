import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Store } from '#core/contracts/store.ts'
import type { Order } from '#core/documents/types.gen.ts'
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

  it('are no concern once a shipment is confirmed at their channel, and not before', async () => {
    await promised(HOUR)
    const body = { externalId: 's1', channel: 'wms', status: 'shipped', lines: [], packages: [] }
    const shipment = await landed(store, body, {
      resource: 'shipment',
      connection: 'wms',
      dependsOn: [ORDER_ID],
    })
    const id = deliveryId(shipment.id, 'shop')
    const now = clock.now()
    await store.deliveries.want(
      {
        ...{
          id,
          document: shipment.id,
          resource: 'shipment',
          tenant: 'acme',
          source: 'wms',
          destination: 'shop',
        },
        ...{ flow: 'f', revision: 1, receivedAt: now, priority: 10 },
      },
      now,
    )
    expect(await rows()).toHaveLength(1)
    await store.deliveries.claim(id, { token: 't', now, until: now + HOUR })
    await store.deliveries.settle(id, 't', { state: 'confirmed', revision: 1, attempt: { at: now } })
    expect(await rows()).toEqual([])
  })
})
