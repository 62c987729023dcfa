import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { decode } from '#connectors/storefronts/bigcommerce/decode.ts'
import type { Decoded } from '#core/contracts/connector.ts'
import { type OpenStore, openStore } from './store.ts'

let store: OpenStore

beforeEach(async () => {
  store = await openStore()
})
afterEach(() => store.close())

const decoded = (topic: string, body: unknown): Promise<Decoded> =>
  decode(
    { topic, dedupeKey: 'k', headers: {}, body: Buffer.from(JSON.stringify(body)), via: 'webhook' },
    store.context,
  )
const recordsOf = async (topic: string, body: unknown) => {
  const answer = await decoded(topic, body)
  return 'records' in answer ? (answer.records as Record<string, unknown>[]) : []
}

describe('what a BigCommerce webhook names', () => {
  it('is fetched with its parts, and only with those that the order says it has', async () => {
    const order = store.simulator.store.placeOrder()
    const [record] = await recordsOf('store/order/updated', { data: { type: 'order', id: order.id } })
    const path = `/v2/orders/${order.id}`
    expect(store.asked.toSorted()).toEqual(
      ['', '/coupons', '/fees', '/products', '/shipping_addresses', '/taxes'].map(
        part => `GET ${path}${part}`,
      ),
    )
    expect(record).toMatchObject({ id: order.id, products: order.products, coupons: [] })
    expect(record).toHaveProperty('date_created', '2026-05-12T08:00:00+00:00')
  })

  it('has its shipments and refunds where there are any', async () => {
    const { store: held } = store.simulator
    const order = held.placeOrder()
    held.ship(order, { items: [{ order_product_id: order.products[0]!.id, quantity: 1 }] })
    held.refund(order)
    const [record] = await recordsOf('store/order/statusUpdated', { data: { id: order.id } })
    expect([record?.['shipments'], record?.['refunds']]).toMatchObject([
      [{ order_id: order.id }],
      [{ user_id: 1 }],
    ])
  })

  it('may be told by a transaction, whose order id is text', async () => {
    const { id } = store.simulator.store.placeOrder()
    const data = { type: 'transaction', order_id: String(id), transaction_id: '176342342' }
    expect(await recordsOf('store/order/transaction/created', { data })).toMatchObject([{ id }])
  })

  it('is nothing any more where the store has it no longer', async () => {
    const answer = await decoded('store/product/updated', { data: { type: 'product', id: 1 } })
    expect(answer).toMatchObject({ skip: 'SOURCE_SKIPPED' })
  })

  it('is never passed over where it is an order', async () => {
    await expect(decoded('store/order/updated', { data: { id: 1 } })).rejects.toMatchObject({
      code: 'PARTNER_REFUSED',
    })
  })

  it('is asked for again where a refund is not in the list yet', async () => {
    const { id } = store.simulator.store.placeOrder()
    const body = { data: { id, refund: { refund_id: 3 } } }
    await expect(decoded('store/order/refund/created', body)).rejects.toMatchObject({
      code: 'PARTNER_ANSWER_INVALID',
    })
  })

  it('is no part of an address unless it is a number', async () => {
    await expect(decoded('store/order/updated', { data: { id: '1/../../v3/hooks' } })).rejects.toMatchObject({
      code: 'BODY_UNREADABLE',
    })
    expect(store.asked).toEqual([])
  })
})
