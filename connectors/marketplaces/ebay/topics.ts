import type { Resource } from '../../sdk/index.ts'

/** One notification a line item: all of an order's say the same, so each fetches the whole order. */
export const ORDER_CONFIRMATION = 'ORDER_CONFIRMATION'
export const ITEM_MARKED_SHIPPED = 'ITEM_MARKED_SHIPPED'

/** Becomes no document: somebody closed their eBay account and what is kept of them has to go. */
export const ACCOUNT_DELETION = 'MARKETPLACE_ACCOUNT_DELETION'

/** What the hub asks for itself. */
export const POLLED_ORDER = 'polled/order'

export const NOTIFICATION_TOPICS = {
  [ORDER_CONFIRMATION]: 'order',
  [ITEM_MARKED_SHIPPED]: 'shipment',
} as const satisfies Record<string, Resource>
