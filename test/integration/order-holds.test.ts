import { afterEach, describe, expect, it } from '@jest/globals'
import { HOUR, type OrderDesk, orderDesk } from '#test/support/order-desk.ts'

const PENDING = {
  ...{ id: 'payment-pending', when: "paymentStatus in ['pending', 'authorized']", to: ['erp'] },
  ...{ owner: 'finance', hours: 48, escalate: 'head-of-finance' },
}
const ADDRESS = { id: 'address', when: '$addressProblems', to: ['acme-erp'], owner: 'service' }
const OPERATOR = { id: 'key-1', role: 'operator' as const }

let desk: OrderDesk

async function open(holds: readonly object[]): Promise<void> {
  desk = await orderDesk({ holds })
}
afterEach(() => desk.close())

const stateOf = async (order: Parameters<OrderDesk['deliveryOf']>[0]) => (await desk.deliveryOf(order))?.state

describe('an order that a rule holds back', () => {
  it('waits in the dead letters with its rule, owner and time, not at the destination', async () => {
    await open([PENDING])
    const order = desk.order(1)
    await desk.send(order, 'orders/create')
    const now = desk.clock.now()
    expect([await stateOf(order), desk.erp.requests.length]).toEqual(['dead', 0])
    expect(await desk.letterOf(order)).toMatchObject({
      ...{ state: 'open', code: 'ORDER_HELD', rule: 'payment-pending', owner: 'finance' },
      ...{ escalateTo: 'head-of-finance', connection: 'acme-erp', document: desk.documentOf(order) },
      summary: 'A rule holds the order back. Rule “payment-pending”; finance decides.',
    })
    expect(((await desk.letterOf(order))!.dueAt ?? 0) - now).toBeCloseTo(48 * HOUR, -3)
  })

  it('is one cause with all others of its rule', async () => {
    await open([PENDING])
    for (const n of [1, 2, 3]) await desk.send(desk.order(n))
    const { items } = await desk.store.deadLetters.causes({ code: 'ORDER_HELD', state: 'open' })
    expect(items).toMatchObject([
      { open: 3, title: 'acme-erp order payment-pending: A rule holds the order back.' },
    ])
  })

  it('goes by itself when a newer revision no longer fits the rule, and its letter is resolved', async () => {
    await open([PENDING])
    const order = desk.order(1)
    await desk.send(order)
    await desk.send({ ...order, financial_status: 'paid' })
    expect([await stateOf(order), (await desk.letterOf(order))?.state]).toEqual(['confirmed', 'resolved'])
    expect(desk.atErp(order)).toMatchObject({ paymentStatus: 'paid' })
    expect(desk.erp.records('order')).toHaveLength(1)
  })

  it('keeps its owner’s time while newer revisions still fit, and doubled events are free', async () => {
    await open([PENDING])
    const order = desk.order(1)
    await desk.send(order)
    const { dueAt } = (await desk.letterOf(order))!
    await desk.send({ ...order, note: 'Please hurry.' })
    expect(await desk.letterOf(order)).toMatchObject({ state: 'open', times: 2, dueAt })
    await desk.send({ ...order, note: 'Please hurry.' })
    expect(await desk.letterOf(order)).toMatchObject({ state: 'open', dueAt })
    expect(desk.erp.requests).toHaveLength(0)
  })

  it('names what it lacks, and goes to the letters of the first rule that fits', async () => {
    await open([ADDRESS, PENDING])
    const order = desk.order(1)
    const shipping_address = { ...order.shipping_address!, city: '', zip: '' }
    await desk.send({ ...order, shipping_address })
    expect((await desk.letterOf(order))?.summary).toBe(
      'A rule holds the order back. Rule “address” (lacks: city, postalCode); service decides.',
    )
    await desk.send(order)
    expect(await desk.letterOf(order)).toMatchObject({
      state: 'open',
      rule: 'payment-pending',
      owner: 'finance',
    })
  })

  it('stays held when a process dies with it in hand, and is cancelled there to be safe', async () => {
    await open([PENDING])
    const order = desk.order(1)
    await desk.send(order)
    const { id } = (await desk.deliveryOf(order))!
    const now = desk.clock.now()
    await desk.store.deliveries.reopen(id, now)
    await desk.store.deliveries.claim(id, { token: 'a process that died', now, until: now + 1_000 })
    await desk.clock.advance(60_000)
    await desk.drain()
    expect(await desk.deliveryOf(order)).toMatchObject({ state: 'dead', uncertain: true })
    expect([(await desk.letterOf(order))?.state, desk.erp.requests.length]).toEqual(['open', 0])
    const cancelled_at = new Date(desk.clock.now()).toISOString()
    await desk.send({ ...order, cancelled_at, cancel_reason: 'customer' })
    expect([await stateOf(order), desk.atErp(order)?.['status']]).toEqual(['confirmed', 'cancelled'])
  })

  it('is not held where it is already: changes and cancellations reach the destination', async () => {
    await open([PENDING])
    const order = desk.order(1)
    await desk.send({ ...order, financial_status: 'paid' })
    await desk.send({ ...order, financial_status: 'pending', note: 'changed' })
    expect(desk.atErp(order)).toMatchObject({ paymentStatus: 'pending' })
    await desk.send({
      ...order,
      cancelled_at: new Date(desk.clock.now()).toISOString(),
      cancel_reason: 'fraud',
    })
    expect(desk.atErp(order)).toMatchObject({ status: 'cancelled' })
    expect(await desk.letterOf(order)).toBeNull()
  })

  it.each(['pending', 'voided'] as const)(
    'is done when it is cancelled before it went (%s)',
    async status => {
      await open([PENDING])
      const order = desk.order(1)
      await desk.send(order)
      const cancelled_at = new Date(desk.clock.now()).toISOString()
      await desk.send({ ...order, financial_status: status, cancelled_at, cancel_reason: 'customer' })
      expect(await desk.deliveryOf(order)).toMatchObject({ state: 'skipped', reason: 'CANCELLED_WHILE_HELD' })
      expect([(await desk.letterOf(order))?.state, desk.erp.requests.length]).toEqual(['resolved', 0])
    },
  )
})

describe('a person', () => {
  const release = (id: string, reason = 'Paid by transfer.', rule?: string) =>
    desk.engine.base.operations.release(id, { reason, rule }, OPERATOR)

  it('releases an order from this one rule, with a reason that the audit keeps', async () => {
    await open([PENDING])
    const order = desk.order(1)
    await desk.send(order)
    const { id } = (await desk.letterOf(order))!
    await expect(release(id, ' ')).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    expect(await release(id)).toBe('replayed')
    await desk.drain()
    expect([await stateOf(order), (await desk.letterOf(order))?.state]).toEqual(['confirmed', 'resolved'])
    const [act] = (await desk.store.audit.list()).items
    expect(act).toMatchObject({
      ...{ actor: 'key-1', action: 'dead-letter.release', subject: id },
      detail: { rule: 'payment-pending', reason: 'Paid by transfer.', result: 'replayed' },
    })
    await expect(release(id)).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  })

  it('releases it only from the rule that was looked at, should another hold it by now', async () => {
    await open([ADDRESS, PENDING])
    const order = desk.order(1)
    await desk.send(order)
    const { id, rule } = (await desk.letterOf(order))!
    const shipping_address = { ...order.shipping_address!, city: '' }
    await desk.send({ ...order, shipping_address })
    await expect(release(id, 'Paid.', rule)).rejects.toMatchObject({
      code: 'STATE_CONFLICT',
      detail: 'By now the rule “address” holds it, not “payment-pending”.',
    })
    expect(await desk.letterOf(order)).toMatchObject({ state: 'open', rule: 'address' })
    expect(await release(id, 'Collected.', 'address')).toBe('replayed')
  })

  it('does not release it from the rules that were not asked about', async () => {
    await open([PENDING, ADDRESS])
    const whole = desk.order(1)
    const order = { ...whole, shipping_address: { ...whole.shipping_address, city: '' } }
    await desk.send(order)
    await release((await desk.letterOf(order))!.id)
    await desk.drain()
    expect(await desk.letterOf(order)).toMatchObject({ state: 'open', rule: 'address', owner: 'service' })
    await desk.send({ ...order, note: 'still pending' })
    expect(await desk.letterOf(order)).toMatchObject({ state: 'open', rule: 'address' })
    await release((await desk.letterOf(order))!.id)
    await desk.drain()
    expect(await stateOf(order)).toBe('confirmed')
  })

  it('releases no letter that no rule holds, and none of another tenant', async () => {
    await open([PENDING])
    const order = desk.order(1)
    await desk.send(order)
    const { id } = (await desk.letterOf(order))!
    const stranger = { id: 'key-2', role: 'operator' as const, tenant: 'globex' }
    await expect(desk.engine.base.operations.release(id, { reason: 'why' }, stranger)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const at = desk.clock.now()
    const other = {
      ...(await desk.letterOf(order))!,
      id: 'other',
      code: 'PARTNER_REFUSED',
      rule: undefined,
      at,
    }
    await desk.store.deadLetters.open(other)
    await expect(release('other')).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  })

  it('discards it: it does not go', async () => {
    await open([PENDING])
    const order = desk.order(1)
    await desk.send(order)
    await desk.engine.base.operations.discard((await desk.letterOf(order))!.id, 'A prank.', OPERATOR)
    await desk.orchestration.watchHolds()
    await desk.drain()
    expect([await stateOf(order), desk.erp.requests.length]).toEqual(['discarded', 0])
  })
})
