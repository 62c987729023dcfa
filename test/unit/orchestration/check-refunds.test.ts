import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Store } from '#core/contracts/store.ts'
import { checkRefunds } from '#core/orchestration/check-refunds.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { landed, ORDER_ID, order } from './orders.ts'

let store: Store

beforeEach(() => {
  store = openSqliteStore({ url: ':memory:', engine: true })
})
afterEach(() => store.close())

const refund = (externalId: string, refunded: string | undefined, more: object = {}) =>
  landed(
    store,
    {
      ...{ externalId, channel: 'shop', currency: 'USD', lines: [] },
      ...(refunded === undefined ? {} : { totals: { refunded } }),
      ...more,
    },
    { resource: 'return', dependsOn: [ORDER_ID] },
  )
const paid = (amount?: string) => landed(store, order({ totals: { total: '20.00', paid: amount } }))

describe('the refunds of an order', () => {
  it('are together at most what was paid, and the excess is named to the cent', async () => {
    await paid('20.00')
    await checkRefunds(store, await refund('r1', '12.50'))
    await checkRefunds(store, await refund('r2', '7.50'))
    await expect(checkRefunds(store, await refund('r3', '0.01'))).rejects.toMatchObject({
      code: 'REFUND_EXCEEDS_PAID',
      detail: 'The refunds of the order make 20.01 USD, but only 20.00 was paid: 0.01 USD too much.',
    })
  })

  it('are not judged where the channel does not tell what was paid, or the order is not known yet', async () => {
    await checkRefunds(store, await refund('r1', '99.00'))
    await paid()
    await checkRefunds(store, await refund('r1', '99.00'))
  })

  it('count the payments back where no total is told, and not those that failed', async () => {
    await paid('20.00')
    const payments = [
      { amount: '20.00', currency: 'USD', kind: 'refund', status: 'success' },
      { amount: '5.00', currency: 'USD', kind: 'refund', status: 'failure' },
      { amount: '5.00', currency: 'EUR', kind: 'refund', status: 'success' },
    ]
    await checkRefunds(store, await refund('r1', undefined, { refunds: payments }))
    await expect(checkRefunds(store, await refund('r2', '0.50'))).rejects.toThrow('20.50 USD')
  })

  it.each([
    ['a return that a refund pays back', { returnId: 'r1' }, {}],
    ['what was declined', {}, { status: 'declined' }],
    ['another currency', {}, { currency: 'EUR' }],
  ])('leave out %s', async (_what, first, second) => {
    await paid('20.00')
    await refund('r2', '20.00', first)
    const returned = await refund('r1', '20.00', second)
    await expect(checkRefunds(store, returned)).resolves.toBeUndefined()
  })
})
