import type { WebhookSample } from '../../sdk/testkit/conformance.ts'

const AT = '2026-05-12T09:29:00.120456Z'

/** An event around what it is about, after Square’s documentation. */
const event = (
  type: string,
  data: { type: string; id: string; object: object },
): Record<string, unknown> => ({
  ...{ merchant_id: 'MERCHANT-1', type, event_id: 'to-be-set', created_at: AT },
  data,
})

const ofOrder = (type: string, name: string, more: object = {}): WebhookSample => ({
  topic: type,
  thin: true,
  body: event(type, {
    ...{ type: name, id: 'ORDER-1' },
    object: {
      [name]: {
        ...{ order_id: 'ORDER-1', location_id: 'LOC-02', state: 'OPEN', version: 1, created_at: AT },
        ...more,
      },
    },
  }),
})

const ofPayment = (type: string, status: string): WebhookSample => ({
  topic: type,
  thin: true,
  body: event(type, {
    ...{ type: 'payment', id: 'PAY-1' },
    object: {
      payment: {
        ...{ id: 'PAY-1', order_id: 'ORDER-1', location_id: 'LOC-02', status, source_type: 'CARD' },
        ...{ amount_money: { amount: 3630, currency: 'USD' }, created_at: AT, updated_at: AT },
      },
    },
  }),
})

const ofRefund = (type: string, status: string): WebhookSample => ({
  topic: type,
  thin: true,
  body: event(type, {
    ...{ type: 'refund', id: 'REFUND-1' },
    object: {
      refund: {
        ...{ id: 'REFUND-1', status, order_id: 'RETURN-REFUND-1', payment_id: 'PAY-REFUND-1' },
        ...{ location_id: 'LOC-01', amount_money: { amount: 1375, currency: 'USD' } },
        ...{ created_at: AT, updated_at: AT, reason: 'Chipped' },
      },
    },
  }),
})

export const SAMPLES: readonly WebhookSample[] = [
  ofOrder('order.created', 'order_created'),
  ofOrder('order.updated', 'order_updated', { updated_at: AT }),
  ofOrder('order.fulfillment.updated', 'order_fulfillment_updated', {
    fulfillment_update: [{ fulfillment_uid: 'parcel', old_state: 'PROPOSED', new_state: 'RESERVED' }],
  }),
  ofPayment('payment.created', 'APPROVED'),
  ofPayment('payment.updated', 'COMPLETED'),
  ofRefund('refund.created', 'PENDING'),
  ofRefund('refund.updated', 'COMPLETED'),
  {
    topic: 'inventory.count.updated',
    body: event('inventory.count.updated', {
      ...{ type: 'inventory_counts', id: 'b1f7a0c2-0001' },
      object: {
        inventory_counts: [
          {
            ...{ catalog_object_id: 'VAR-ITEM-1', catalog_object_type: 'ITEM_VARIATION', state: 'IN_STOCK' },
            ...{ location_id: 'LOC-01', quantity: '7.5', calculated_at: AT },
          },
        ],
      },
    }),
  },
  {
    topic: 'catalog.version.updated',
    thin: true,
    body: event('catalog.version.updated', {
      ...{ type: 'catalog_version', id: '' },
      object: { catalog_version: { updated_at: AT } },
    }),
  },
]
