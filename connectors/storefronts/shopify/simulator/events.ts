import type { RestOrder } from './rest-types.ts'
import type { OrderAction } from './revise-order.ts'

/** One webhook that an action sends. */
export interface Event {
  topic: string
  payload: unknown
}

/** What Shopify sends for an action, all with one event id. */
export function eventsOf(action: OrderAction | 'create', after: RestOrder, before?: RestOrder): Event[] {
  return [...EVENTS[action](after, before), { topic: 'orders/updated', payload: after }]
}

type EventsOf = (after: RestOrder, before?: RestOrder) => Event[]

const EVENTS: Record<OrderAction | 'create', EventsOf> = {
  create: after => [
    { topic: 'orders/create', payload: after },
    ...(after.financial_status === 'paid' ? [{ topic: 'orders/paid', payload: after }] : []),
  ],
  pay: after => [{ topic: 'orders/paid', payload: after }],
  edit: (after, before) => [{ topic: 'orders/edited', payload: { order_edit: orderEdit(after, before) } }],
  fulfil: (after, before) => [
    ...after.fulfillments.slice(before?.fulfillments.length ?? 0).map(fulfillment => ({
      topic: 'fulfillments/create',
      payload: { ...fulfillment, email: after.email, destination: after.shipping_address },
    })),
    {
      topic: after.fulfillment_status === 'fulfilled' ? 'orders/fulfilled' : 'orders/partially_fulfilled',
      payload: after,
    },
  ],
  refund: newRefunds,
  cancel: (after, before) => [...newRefunds(after, before), { topic: 'orders/cancelled', payload: after }],
}

function newRefunds(after: RestOrder, before?: RestOrder): Event[] {
  return after.refunds
    .slice(before?.refunds.length ?? 0)
    .map(payload => ({ topic: 'refunds/create', payload }))
}

/** Thin: what changed, not what the order is now. */
function orderEdit(after: RestOrder, before?: RestOrder): Record<string, unknown> {
  const known = new Set(before?.line_items.map(line => line.id))
  return {
    id: after.id % 1_000_000_000,
    app_id: null,
    order_id: after.id,
    created_at: after.updated_at,
    committed_at: after.updated_at,
    notify_customer: false,
    staff_note: '',
    user_id: null,
    line_items: {
      additions: after.line_items
        .filter(line => !known.has(line.id))
        .map(({ id, quantity }) => ({ id, delta: quantity })),
      removals: [],
    },
    discounts: { line_item: { additions: [], removals: [] } },
    shipping_lines: { additions: [], removals: [] },
  }
}
