/** Topics of what the hub asks for itself. */
export const REST_ORDER = 'rest/order'
export const REST_PRODUCT = 'rest/product'
/** An order that has refunds; `decode` fetches them whole. */
export const REST_REFUNDS = 'rest/refunds'
/** An order that has trackings. */
export const REST_TRACKINGS = 'rest/trackings'
/** The stock fields of a product; `decode` fetches those of its variations. */
export const REST_STOCK = 'rest/stock'

/** https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks */
export const TOPICS = {
  'order.created': 'order',
  'order.updated': 'order',
  'order.deleted': 'order',
  'order.restored': 'order',
  'product.created': 'product',
  'product.updated': 'product',
  'product.deleted': 'product',
  'product.restored': 'product',
} as const
