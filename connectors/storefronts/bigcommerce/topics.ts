import type { Resource } from '../../sdk/index.ts'

/** Webhook scopes that the hub subscribes to. https://developer.bigcommerce.com/docs/integrations/webhooks/events */
export const WEBHOOK_TOPICS = {
  'store/order/created': 'order',
  'store/order/updated': 'order',
  'store/order/statusUpdated': 'order',
  'store/order/archived': 'order',
  'store/order/transaction/created': 'order',
  'store/order/transaction/updated': 'order',
  'store/order/refund/created': 'return',
  'store/shipment/created': 'shipment',
  'store/shipment/updated': 'shipment',
  'store/shipment/deleted': 'shipment',
  'store/product/created': 'product',
  'store/product/updated': 'product',
  'store/product/deleted': 'product',
  'store/product/inventory/updated': 'inventory',
  'store/product/inventory/order/updated': 'inventory',
  'store/sku/inventory/updated': 'inventory',
  'store/sku/inventory/order/updated': 'inventory',
} as const satisfies Record<string, Resource>

/** What the hub asks for itself. */
export const REST_ORDER = 'rest/order'
export const REST_SHIPMENTS = 'rest/shipments'
export const REST_REFUND = 'rest/refund'
export const REST_PRODUCT = 'rest/product'
export const REST_STOCK = 'rest/stock'
