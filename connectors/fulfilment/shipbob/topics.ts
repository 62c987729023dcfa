import type { Resource } from '../../sdk/index.ts'

/** Webhook topics as the dated API versions name them. */
export const WEBHOOK_TOPICS = {
  'order.shipped': 'shipment',
  'order.shipment.delivered': 'shipment',
  'order.shipment.exception': 'shipment',
  'order.shipment.on_hold': 'shipment',
  'order.shipment.cancelled': 'shipment',
  'return.created': 'return',
  'return.updated': 'return',
  'return.completed': 'return',
} as const satisfies Record<string, Resource>

/** What the hub asks for itself. */
export const POLLED_ORDER = 'polled/order'
export const POLLED_RETURN = 'polled/return'
export const POLLED_STOCK = 'polled/inventory-level'
