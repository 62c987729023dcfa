/** Amounts are kept in cents and shown as V2 does: text with four decimals. */
export const amount = (cents: number): string => (cents / 100).toFixed(4)

/** Times as V2 shows them. */
export const rfc2822 = (ms: number): string => new Date(ms).toUTCString().replace('GMT', '+0000')

export const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, '+00:00')

export type SimRecord = Record<string, unknown> & { id: number }

export interface SimProduct extends SimRecord {
  sku: string
  quantity: number
  quantity_shipped: number
}

export interface SimShipment extends SimRecord {
  tracking_number: string
  items: { order_product_id: number; quantity: number }[]
  writes: number
}

export interface SimOrder {
  id: number
  modified: number
  status: number
  /** Everything else that the order itself shows. */
  facts: Record<string, unknown>
  products: SimProduct[]
  parts: Readonly<Record<'shipping_addresses' | 'coupons' | 'fees' | 'taxes', SimRecord[]>>
  shipments: SimShipment[]
  refunds: (SimRecord & { created: number })[]
}

export interface SimStock {
  variant: number
  product: number
  sku: string
  onHand: number
  safety: number
  writes: number
}

export interface SimHook extends SimRecord {
  scope: string
  destination: string
  is_active: boolean
}
