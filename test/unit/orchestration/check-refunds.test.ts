import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Store, StoredDocument } from '#core/contracts/store.ts'
import { deliveryId } from '#core/kernel/ids.ts'
import { checkRefunds } from '#core/orchestration/check-refunds.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { landed, ORDER_ID, order } from './orders.ts'

let store: Store

beforeEach(() => {
  store = openSqliteStore({ url: ':memory:', engine: true })
})
afterEach(() => store.close())

const refund = (externalId: string, refunded: string | undefined, more: object = {}, at = 1) =>
  landed(
    store,
    {
      ...{ externalId, channel: 'shop', currency: 'USD', lines: [] },
      ...(refunded === undefined ? {} : { totals: { refunded } }),
      ...more,
    },
    { resource: 'return', dependsOn: [ORDER_ID], at },
  )
const check = (returned: StoredDocument) => checkRefunds(store, returned, 'erp')
const paid = (amount?: string) => landed(store, order({ totals: { total: '20.00', paid: amount } }))

describe('the refunds of an order', () => {
  it('are together at most what was paid, and the excess is named to the cent', async () => {
    await paid('20.00')
    await check(await refund('r1', '12.50'))
    await check(await refund('r2', '7.50'))
    await expect(check(await refund('r3', '0.01'))).rejects.toMatchObject({
      code: 'REFUND_EXCEEDS_PAID',
      detail: 'The refunds of the order make 20.01 USD, but only 20.00 was paid: 0.01 USD too much.',
    })
  })

  it('park the one that is too much, not those that came before it', async () => {
    await paid('100.00')
    const first = await refund('r9', '60.00')
    const second = await refund('r1', '60.00', {}, 2)
    await expect(check(second)).rejects.toMatchObject({ code: 'REFUND_EXCEEDS_PAID' })
    await expect(check(first)).resolves.toBeUndefined()
  })

  it('leave out those that somebody discarded at the destination', async () => {
    await paid('100.00')
    const wrong = await refund('r1', '60.00')
    const right = await refund('r2', '60.00')
    await expect(check(right)).rejects.toMatchObject({ code: 'REFUND_EXCEEDS_PAID' })
    const id = deliveryId(wrong.id, 'erp')
    const place = { resource: 'return' as const, tenant: 'acme', source: 'shop', destination: 'erp' }
    const wanted = { flow: 'f', revision: 1, receivedAt: 1, priority: 10 }
    await store.deliveries.want({ id, document: wrong.id, ...place, ...wanted }, 1)
    await store.deliveries.claim(id, { token: 't', now: 1, until: 9 })
    await store.deliveries.settle(id, 't', { state: 'discarded', attempt: { at: 1 } })
    await expect(check(right)).resolves.toBeUndefined()
    await expect(checkRefunds(store, right, 'books')).rejects.toThrow('120.00 USD')
  })

  it('are not judged where the channel does not tell what was paid, or the order is not known yet', async () => {
    await check(await refund('r1', '99.00'))
    await paid()
    await check(await refund('r1', '99.00'))
  })

  it('count the payments back where no total is told, and not those that failed', async () => {
    await paid('20.00')
    const payments = [
      { amount: '20.00', currency: 'USD', kind: 'refund', status: 'success' },
      { amount: '5.00', currency: 'USD', kind: 'refund', status: 'failure' },
      { amount: '5.00', currency: 'EUR', kind: 'refund', status: 'success' },
    ]
    await check(await refund('r1', undefined, { refunds: payments }))
    await expect(check(await refund('r2', '0.50'))).rejects.toThrow('20.50 USD')
  })

  it.each([
    ['a return that a refund pays back', { returnId: 'r1' }, {}],
    ['what was declined', {}, { status: 'declined' }],
    ['another currency', {}, { currency: 'EUR' }],
  ])('leave out %s', async (_what, first, second) => {
    await paid('20.00')
    await refund('r2', '20.00', first)
    const returned = await refund('r1', '20.00', second)
    await expect(check(returned)).resolves.toBeUndefined()
  })
})
