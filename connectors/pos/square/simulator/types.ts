export interface TillOptions {
  now(): number
  merchantId: string
}

export interface Money {
  amount: number
  currency: string
}

export interface Fulfillment {
  uid: string
  metadata?: Record<string, string>
  shipment_details?: object
  [member: string]: unknown
}

/** `writes`: how often the API changed it; never shown. */
export interface Order {
  id: string
  location_id: string
  state: string
  version: number
  updated_at: string
  fulfillments: Fulfillment[]
  writes: number
  [member: string]: unknown
}

export interface Refund {
  id: string
  updated_at: string
  [member: string]: unknown
}

export interface Variation {
  id: string
  updated_at: string
  item_variation_data: { sku: string; [member: string]: unknown }
  [member: string]: unknown
}

export interface Item {
  id: string
  updated_at: string
  item_data: { variations: Variation[]; [member: string]: unknown }
  [member: string]: unknown
}

export interface Count {
  catalog_object_id: string
  location_id: string
  quantity: string
  state: string
  calculated_at: string
  writes: number
  [member: string]: unknown
}

/** What lies behind Square’s API for one merchant. */
export interface Till {
  locations: { id: string; name: string; status: string; timezone: string; merchant_id: string }[]
  orders: Map<string, Order>
  refunds: Map<string, Refund>
  items: Map<string, Item>
  /** By variation and location. */
  counts: Map<string, Count>
}

export interface Subscription {
  id: string
  enabled: boolean
  event_types: string[]
  notification_url: string
  signature_key: string
  [member: string]: unknown
}
