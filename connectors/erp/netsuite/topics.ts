/** Topics of polled records. */
export const POLLED_ITEM = 'polled/item'
export const POLLED_BALANCE = 'polled/balance'
export const POLLED_FULFILMENT = 'polled/item-fulfilment'
