import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { HOUR, type OrderDesk, orderDesk } from '#test/support/order-desk.ts'

const PENDING = {
  ...{ id: 'payment-pending', when: "paymentStatus in ['pending', 'authorized']", to: ['erp'] },
  ...{ owner: 'finance', hours: 48, escalate: 'head-of-finance' },
}
const ADDRESS = { id: 'address', when: '$addressProblems', to: ['acme-erp'], owner: 'service' }
const SKUS = { id: 'unknown-sku', when: '$count($unknownSkus) > 0', to: ['erp'], owner: 'catalogue' }

let desk: OrderDesk
let folder: string | undefined

async function open(holds: readonly object[], at?: string): Promise<void> {
  desk = await orderDesk({ holds }, at)
}
afterEach(async () => {
  await desk.close()
  if (folder) rmSync(folder, { recursive: true })
  folder = undefined
})

const stateOf = async (order: Parameters<OrderDesk['deliveryOf']>[0]) => (await desk.deliveryOf(order))?.state
const acts = async () =>
  (await desk.store.audit.list()).items.map(({ actor, action }) => `${actor} ${action}`)

describe('the watch over held orders', () => {
  it('escalates once what its owner has not decided in time, counted and audited', async () => {
    await open([PENDING])
    const order = desk.order(1)
    await desk.send(order)
    await desk.clock.advance(48 * HOUR - 1_000)
    expect(await desk.orchestration.watchHolds()).toEqual({ escalated: 0, resumed: 0 })
    await desk.clock.advance(2_000)
    const both = await Promise.all([desk.orchestration.watchHolds(), desk.orchestration.watchHolds()])
    expect(both.map(({ escalated }) => escalated).toSorted()).toEqual([0, 1])
    expect(await desk.letterOf(order)).toMatchObject({
      ...{ state: 'open', owner: 'head-of-finance', escalatedAt: desk.clock.now() },
    })
    expect(await acts()).toEqual(['system dead-letter.escalate'])
    expect(await desk.engine.base.telemetry.metricsText()).toContain(
      'crossdock_holds_escalated_total{connection="acme-erp",rule="payment-pending"} 1',
    )
    await desk.send({ ...order, note: 'Please hurry.' })
    expect(await desk.letterOf(order)).toMatchObject({ owner: 'head-of-finance', times: 2 })
  })

  it('lets go what its destination has a product for by now', async () => {
    await open([SKUS])
    const order = desk.order(1)
    const next = desk.order(2)
    const skus = [...new Set(next.line_items.map(({ sku }) => sku!))]
    await desk.send(order)
    expect(await stateOf(order)).toBe('confirmed')
    const product = (externalId: string, names: readonly string[]) =>
      desk.land('acme-erp', {
        resource: 'product',
        externalId,
        body: { externalId, channel: 'rest-erp', title: 'Tent', variants: names.map(sku => ({ sku })) },
      })
    await product('1', ['SOMETHING-ELSE'])
    await desk.send(next)
    expect((await desk.letterOf(next))?.summary).toContain(`unknown SKU: ${skus.join(', ')}`)
    expect(await desk.orchestration.watchHolds()).toMatchObject({ resumed: 0 })
    await product('2', skus)
    expect(await desk.orchestration.watchHolds()).toMatchObject({ resumed: 1 })
    await desk.drain()
    expect([await stateOf(next), (await desk.letterOf(next))?.state]).toEqual(['confirmed', 'resolved'])
  })

  it('hands over to the rule that holds it by now, and to whom the rule names by now', async () => {
    folder = mkdtempSync(join(tmpdir(), 'order-holds-'))
    await open([PENDING, ADDRESS], folder)
    const whole = desk.order(1)
    const order = { ...whole, shipping_address: { ...whole.shipping_address, city: '' } }
    await desk.send(order)
    const { dueAt } = (await desk.letterOf(order))!
    await desk.close()
    await open([{ ...PENDING, owner: 'treasury', escalate: 'cfo' }, ADDRESS], folder)
    await desk.orchestration.watchHolds()
    await desk.drain()
    expect(await desk.letterOf(order)).toMatchObject({ owner: 'treasury', escalateTo: 'cfo', dueAt })
    const { times } = (await desk.letterOf(order))!
    await desk.orchestration.watchHolds()
    await desk.drain()
    expect(await desk.letterOf(order)).toMatchObject({ state: 'open', times })
    await desk.close()
    await open([ADDRESS], folder)
    await desk.orchestration.watchHolds()
    await desk.drain()
    expect(await desk.letterOf(order)).toMatchObject({ state: 'open', rule: 'address', owner: 'service' })
    const parked = (await desk.letterOf(order))!.times
    await desk.orchestration.watchHolds()
    expect((await desk.letterOf(order))!.times).toBe(parked)
    expect([await stateOf(order), desk.erp.requests.length]).toEqual(['dead', 0])
  })

  it('goes on where a process died between the release and the replay, and when a rule was taken away', async () => {
    folder = mkdtempSync(join(tmpdir(), 'order-holds-'))
    await open([PENDING], folder)
    const order = desk.order(1)
    await desk.send(order)
    await desk.close()
    await open([], folder)
    expect(await desk.orchestration.watchHolds()).toMatchObject({ resumed: 1 })
    await desk.drain()
    expect(await stateOf(order)).toBe('confirmed')
  })
})
