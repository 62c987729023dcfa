import type { Resource } from '../../sdk/index.ts'

/** Webhooks that the hub asks for; events about orders and payments are thin or half: the order is fetched back. */
export const WEBHOOK_TOPICS = {
  'order.created': 'order',
  'order.updated': 'order',
  'order.fulfillment.updated': 'order',
  'payment.created': 'order',
  'payment.updated': 'order',
  'refund.created': 'return',
  'refund.updated': 'return',
  'inventory.count.updated': 'inventory',
  'catalog.version.updated': 'product',
} as const satisfies Record<string, Resource>

/** What the hub asks for itself. */
export const POLLED_ORDER = 'polled/order'
export const POLLED_REFUND = 'polled/refund'
export const POLLED_COUNT = 'polled/inventory-count'
export const POLLED_ITEM = 'polled/catalog-item'
