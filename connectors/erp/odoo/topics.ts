/** Topics of what is polled. */
export const POLLED_PRODUCT = 'polled/product'
export const POLLED_STOCK = 'polled/stock'
export const POLLED_TRANSFER = 'polled/transfer'
