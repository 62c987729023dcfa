import type { Count, Item, Money, Order, Refund, Till, TillOptions } from './types.ts'

export const LOCATIONS = 11
const PRICE = 1250

export const usd = (amount: number): Money => ({ amount, currency: 'USD' })
export const timeOf = (ms: number): string => new Date(ms).toISOString()
const locationId = (n: number): string => `LOC-${String(n + 1).padStart(2, '0')}`

/** A merchant with eleven locations (one more than a search takes), ten articles and ten open orders with a parcel each. */
export function openTill(options: TillOptions): Till {
  const till: Till = {
    locations: Array.from({ length: LOCATIONS }, (_, n) => ({
      ...{ id: locationId(n), name: `Shop ${n + 1}`, status: 'ACTIVE' },
      ...{ timezone: n === 0 ? 'America/New_York' : 'Asia/Kolkata', merchant_id: options.merchantId },
    })),
    ...{ orders: new Map(), refunds: new Map(), items: new Map(), counts: new Map() },
  }
  const began = options.now() - 3_600_000
  for (let n = 1; n <= 10; n++) {
    addItem(till, { id: `ITEM-${n}`, sku: `SKU-${n}`, at: options.now() })
    addOrder(till, { id: `ORDER-${n}`, n, at: began + n * 1_000 })
  }
  addRefund(till, { id: 'REFUND-1', at: began + 60_000, source: 'ORDER-1' })
  return till
}

export function addItem(till: Till, { id, sku, at }: { id: string; sku: string; at: number }): Item {
  const common = { updated_at: timeOf(at), version: at, is_deleted: false }
  const item: Item = {
    ...{ ...common, type: 'ITEM', id },
    item_data: {
      name: `Enamel mug “${id}”`,
      is_taxable: true,
      variations: [
        {
          ...{ ...common, type: 'ITEM_VARIATION', id: `VAR-${id}` },
          item_variation_data: {
            ...{ item_id: id, name: 'Regular', sku, ordinal: 0, track_inventory: true },
            ...{ pricing_type: 'FIXED_PRICING', price_money: usd(PRICE) },
          },
        },
      ],
    },
  }
  till.items.set(id, item)
  return item
}

/** Two mugs and half a pound of coffee, with a tax of ten per cent that is added. */
export function addOrder(till: Till, { id, n, at }: { id: string; n: number; at: number }): Order {
  const tax = (uid: string, amount: number) => ({ uid, tax_uid: 'vat', applied_money: usd(amount) })
  const order: Order = {
    ...{ id, location_id: locationId(n % LOCATIONS), state: 'OPEN', version: 1 },
    ...{ created_at: timeOf(at), updated_at: timeOf(at), source: { name: 'Till' } },
    line_items: [
      {
        ...{ uid: 'line-1', name: 'Enamel mug', variation_name: 'Regular', quantity: '2', item_type: 'ITEM' },
        ...{ catalog_object_id: `VAR-ITEM-${((n - 1) % 10) + 1}`, base_price_money: usd(PRICE) },
        ...{ gross_sales_money: usd(2500), total_discount_money: usd(0), total_tax_money: usd(250) },
        ...{ applied_taxes: [tax('t1', 250)], total_money: usd(2750) },
      },
      {
        ...{ uid: 'line-2', name: 'Coffee', quantity: '0.5', item_type: 'ITEM', base_price_money: usd(1599) },
        ...{ gross_sales_money: usd(800), total_discount_money: usd(0), total_tax_money: usd(80) },
        ...{ applied_taxes: [tax('t2', 80)], total_money: usd(880) },
      },
    ],
    taxes: [
      {
        ...{ uid: 'vat', name: 'Sales tax', percentage: '10', type: 'ADDITIVE', scope: 'ORDER' },
        applied_money: usd(330),
      },
    ],
    fulfillments: [
      {
        ...{ uid: 'parcel', type: 'SHIPMENT', state: 'PROPOSED' },
        shipment_details: {
          recipient: {
            display_name: 'Mara Lindqvist',
            email_address: 'mara.lindqvist@example.com',
            phone_number: '+1 312 555 0117',
            address: { address_line_1: '12 Canal St', locality: 'Chicago', country: 'US' },
          },
        },
      },
    ],
    ...{ total_money: usd(3630), total_tax_money: usd(330), total_discount_money: usd(0) },
    ...{ total_tip_money: usd(0), total_service_charge_money: usd(0), writes: 0 },
  }
  till.orders.set(id, order)
  return order
}

/** One mug comes back: Square makes an order of the return, and the refund names that one. */
export function addRefund(
  till: Till,
  { id, at, source }: { id: string; at: number; source: string },
): Refund {
  const times = { created_at: timeOf(at), updated_at: timeOf(at) }
  const back = { ...times, id: `RETURN-${id}`, location_id: locationId(0), state: 'COMPLETED', version: 2 }
  const refund: Refund = {
    ...{ ...times, id, status: 'COMPLETED', location_id: locationId(0), reason: 'Chipped' },
    ...{ order_id: back.id, payment_id: `PAY-${id}`, amount_money: usd(1375) },
  }
  till.orders.set(back.id, {
    ...{ ...back, source: { name: 'Till' }, line_items: [], fulfillments: [], writes: 0 },
    returns: [
      {
        ...{ uid: `r-${id}`, source_order_id: source, return_amounts: { total_money: usd(1375) } },
        return_line_items: [
          {
            ...{ uid: `rl-${id}`, source_line_item_uid: 'line-1', name: 'Enamel mug', quantity: '1' },
            ...{ item_type: 'ITEM', catalog_object_id: 'VAR-ITEM-1', gross_return_money: usd(1250) },
            ...{ total_tax_money: usd(125), total_discount_money: usd(0), total_money: usd(1375) },
          },
        ],
      },
    ],
    ...{ total_money: usd(0), total_tax_money: usd(0) },
    refunds: [{ id, tender_id: `PAY-${id}`, amount_money: usd(1375), status: 'APPROVED', ...times }],
  })
  till.refunds.set(id, refund)
  return refund
}

export function setCount(
  till: Till,
  of: Pick<Count, 'catalog_object_id' | 'location_id' | 'quantity'> & { at: number; written?: boolean },
): Count {
  const { at, written = false, ...count } = of
  const key = `${of.catalog_object_id}@${of.location_id}`
  const before = till.counts.get(key)?.writes ?? 0
  const made: Count = {
    ...{ ...count, catalog_object_type: 'ITEM_VARIATION', state: 'IN_STOCK', calculated_at: timeOf(at) },
    writes: before + (written ? 1 : 0),
  }
  till.counts.set(key, made)
  return made
}
