import { describe, expect, it } from '@jest/globals'
import { decode } from '#connectors/storefronts/shopify/decode.ts'
import { connection, context, eagerClock } from './context.ts'

const decoded = (topic: string, body: unknown, view = connection({ secrets: { accessToken: [] } })) =>
  decode(
    {
      topic,
      dedupeKey: 'k',
      headers: {},
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      via: 'webhook',
    },
    context(eagerClock(), view),
  )

describe('decode', () => {
  it.each([
    ['a bare order', { id: 1, fulfillments: [{ id: 2 }] }, [{ id: 1, fulfillments: [{ id: 2 }] }]],
    ['one order', { order: { id: 1 } }, [{ id: 1 }]],
    ['one order with a notice', { order: { id: 1 }, notice: 'Order has been canceled' }, [{ id: 1 }]],
    ['many orders', { orders: [{ id: 1 }, { id: 2 }] }, [{ id: 1 }, { id: 2 }]],
    ['fulfillments', { fulfillments: [{ id: 3 }] }, [{ id: 3 }]],
    ['a refund', { refund: { id: 4 } }, [{ id: 4 }]],
    ['inventory levels', { inventory_levels: [{ inventory_item_id: 5 }] }, [{ inventory_item_id: 5 }]],
    ['a product', { product: { id: 6 } }, [{ id: 6 }]],
    ['a deleted product', { id: 7 }, [{ id: 7 }]],
    ['a bare list', [{ id: 8 }], [{ id: 8 }]],
  ])('unwraps %s', async (_what, body, records) => {
    expect(await decoded('orders/updated', body)).toEqual({ records })
  })

  it('keeps every digit of ids beyond 2^53', async () => {
    expect(await decoded('orders/create', '{"id":820982911946154508}')).toEqual({
      records: [{ id: '820982911946154508' }],
    })
  })

  it('leaves a polled order as it is', async () => {
    expect(await decoded('graphql/order', { id: 'gid://shopify/Order/1', refunds: [] })).toEqual({
      records: [{ id: 'gid://shopify/Order/1', refunds: [] }],
    })
  })

  it('counts an edit as covered by orders/updated when it cannot fetch the order', async () => {
    expect(await decoded('orders/edited', { order_edit: { id: 1, order_id: 2 } })).toMatchObject({
      skip: 'COVERED_ELSEWHERE',
    })
  })

  it('takes an edited order that came whole', async () => {
    expect(await decoded('orders/edited', { id: 1, line_items: [] })).toEqual({
      records: [{ id: 1, line_items: [] }],
    })
  })

  it('says that a truncated body cannot be read', async () => {
    await expect(decoded('orders/create', '{"id":')).rejects.toMatchObject({ code: 'BODY_UNREADABLE' })
  })
})
