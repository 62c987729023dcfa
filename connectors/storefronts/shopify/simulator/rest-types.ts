/** The parts of Shopify's REST order that the simulator makes; https://shopify.dev/docs/api/admin-rest/latest/resources/order */
export interface MoneySet {
  shop_money: { amount: string; currency_code: string }
  presentment_money: { amount: string; currency_code: string }
}

export interface TaxLine {
  title: string
  rate: number
  price: string
  price_set: MoneySet
  channel_liable: boolean
}

export interface DiscountAllocation {
  amount: string
  amount_set: MoneySet
  discount_application_index: number
}

export interface DiscountApplication {
  target_type: 'line_item' | 'shipping_line'
  type: 'discount_code' | 'automatic'
  value: string
  value_type: 'percentage' | 'fixed_amount'
  allocation_method: 'across' | 'each'
  target_selection: 'all' | 'entitled'
  code?: string
  title?: string
}

export interface LineItem {
  id: number
  admin_graphql_api_id: string
  attributed_staffs: never[]
  current_quantity: number
  fulfillable_quantity: number
  fulfillment_service: string
  fulfillment_status: 'fulfilled' | 'partial' | null
  gift_card: boolean
  grams: number
  name: string
  price: string
  price_set: MoneySet
  product_exists: boolean
  product_id: number
  properties: { name: string; value: string }[]
  quantity: number
  requires_shipping: boolean
  sku: string
  taxable: boolean
  title: string
  total_discount: string
  total_discount_set: MoneySet
  variant_id: number
  variant_inventory_management: string
  variant_title: string | null
  vendor: string
  tax_lines: TaxLine[]
  duties: never[]
  discount_allocations: DiscountAllocation[]
}

export interface ShippingLine {
  id: number
  carrier_identifier: string | null
  code: string
  discounted_price: string
  discounted_price_set: MoneySet
  is_removed: boolean
  phone: string | null
  price: string
  price_set: MoneySet
  requested_fulfillment_service_id: null
  source: string
  title: string
  tax_lines: TaxLine[]
  discount_allocations: DiscountAllocation[]
}

export interface Address {
  first_name: string
  last_name: string
  name: string
  company: string | null
  address1: string
  address2: string | null
  city: string
  zip: string
  province: string | null
  province_code: string | null
  country: string
  country_code: string
  phone: string | null
  latitude: number | null
  longitude: number | null
}

export interface Fulfillment {
  id: number
  admin_graphql_api_id: string
  order_id: number
  name: string
  status: 'success' | 'cancelled'
  shipment_status: string | null
  created_at: string
  updated_at: string
  location_id: number
  origin_address: null
  receipt: Record<string, never>
  service: string
  tracking_company: string
  tracking_number: string
  tracking_numbers: string[]
  tracking_url: string
  tracking_urls: string[]
  line_items: LineItem[]
}

export interface Transaction {
  id: number
  admin_graphql_api_id: string
  order_id: number
  parent_id: number | null
  kind: 'sale' | 'refund'
  status: 'success'
  gateway: string
  amount: string
  currency: string
  created_at: string
  processed_at: string
  test: boolean
}

export interface RefundLineItem {
  id: number
  line_item_id: number
  location_id: number
  quantity: number
  restock_type: 'return' | 'cancel'
  subtotal: number
  subtotal_set: MoneySet
  total_tax: number
  total_tax_set: MoneySet
  line_item: LineItem
}

export interface Refund {
  id: number
  admin_graphql_api_id: string
  order_id: number
  created_at: string
  processed_at: string
  note: string | null
  restock: boolean
  user_id: null
  duties: never[]
  total_duties_set: MoneySet
  order_adjustments: never[]
  return: null
  refund_shipping_lines: never[]
  refund_line_items: RefundLineItem[]
  transactions: Transaction[]
}

export type FinancialStatus =
  | 'pending'
  | 'partially_paid'
  | 'paid'
  | 'partially_refunded'
  | 'refunded'
  | 'voided'

/** Amounts that appear as text and as a set: `total_price` and `total_price_set`. */
export type Totals = Record<
  | 'total_line_items_price'
  | 'total_discounts'
  | 'subtotal_price'
  | 'total_tax'
  | 'total_price'
  | 'current_subtotal_price'
  | 'current_total_discounts'
  | 'current_total_tax'
  | 'current_total_price',
  string
> &
  Record<
    | 'total_line_items_price_set'
    | 'total_discounts_set'
    | 'subtotal_price_set'
    | 'total_tax_set'
    | 'total_price_set'
    | 'total_shipping_price_set'
    | 'current_subtotal_price_set'
    | 'current_total_discounts_set'
    | 'current_total_tax_set'
    | 'current_total_price_set'
    | 'current_shipping_price_set'
    | 'total_cash_rounding_payment_adjustment_set'
    | 'total_cash_rounding_refund_adjustment_set',
    MoneySet
  >

export interface RestOrder extends Totals {
  id: number
  admin_graphql_api_id: string
  app_id: number
  name: string
  number: number
  order_number: number
  confirmation_number: string
  confirmed: boolean
  created_at: string
  processed_at: string
  updated_at: string
  closed_at: string | null
  cancelled_at: string | null
  cancel_reason: string | null
  currency: string
  presentment_currency: string
  taxes_included: boolean
  tax_exempt: boolean
  duties_included: boolean
  estimated_taxes: boolean
  financial_status: FinancialStatus
  fulfillment_status: 'fulfilled' | 'partial' | null
  email: string
  contact_email: string
  phone: string | null
  browser_ip: string
  buyer_accepts_marketing: boolean
  customer_locale: string
  source_name: string
  source_identifier: string | null
  landing_site: string | null
  referring_site: string | null
  location_id: number | null
  user_id: number | null
  po_number: string | null
  note: string | null
  note_attributes: { name: string; value: string }[]
  tags: string
  test: boolean
  token: string
  payment_gateway_names: string[]
  payment_terms: null
  total_outstanding: string
  total_tip_received: string
  total_weight: number
  current_total_duties_set: null
  original_total_duties_set: null
  current_total_additional_fees_set: null
  original_total_additional_fees_set: null
  discount_codes: { code: string; amount: string; type: 'percentage' | 'fixed_amount' | 'shipping' }[]
  discount_applications: DiscountApplication[]
  tax_lines: TaxLine[]
  line_items: LineItem[]
  shipping_lines: ShippingLine[]
  billing_address: Address
  shipping_address: Address
  customer: RestCustomer
  fulfillments: Fulfillment[]
  refunds: Refund[]
}

export interface RestCustomer {
  id: number
  admin_graphql_api_id: string
  email: string
  first_name: string
  last_name: string
  phone: string | null
  state: string
  note: string | null
  verified_email: boolean
  tax_exempt: boolean
  tax_exemptions: string[]
  tags: string
  currency: string
  created_at: string
  updated_at: string
  default_address: Address & { id: number; customer_id: number; country_name: string; default: boolean }
}
