import type { Resource } from '../../sdk/index.ts'

/** Entity sets whose changes Business Central tells. Of a sales order, what was shipped of it is news. */
export const WEBHOOK_TOPICS = {
  items: 'product',
  salesOrders: 'shipment',
} as const satisfies Record<string, Resource>

/** What the hub asks for itself. */
export const POLLED_ITEM = 'polled/item'
export const POLLED_STOCK = 'polled/stock'
export const POLLED_SHIPMENT = 'polled/sales-shipment'
