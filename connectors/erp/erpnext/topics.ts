/** Topics of polled records. */
export const POLLED_ITEM = 'polled/item'
export const POLLED_BIN = 'polled/bin'
export const POLLED_DELIVERY_NOTE = 'polled/delivery-note'
