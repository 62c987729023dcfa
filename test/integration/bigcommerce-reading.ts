import { expect } from '@jest/globals'
import type { Order } from '#core/documents/types.gen.ts'

/** What an order of the store says, read without the mapping. */
export interface StoreOrder {
  [member: string]: unknown
  id: number
  billing_address: Record<string, string>
}

const cents = (amount: unknown): number => Math.round(Number(amount ?? 0) * 100)
const utc = (date: unknown): string => `${new Date(String(date)).toISOString().slice(0, 19)}Z`
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined

/** Field by field, to the cent. */
export function expectSameOrder(order: Order, of: StoreOrder): void {
  const billing = of.billing_address
  expect({
    id: order.externalId,
    status: order.attributes?.['statusId'],
    currency: order.currency,
    placedAt: order.placedAt,
    updatedAt: order.updatedAt,
    total: cents(order.totals.total),
    tax: cents(order.totals.tax),
    discounts: cents(order.totals.discounts),
    refunded: cents(order.totals.refunded),
    shipping: cents(order.totals.shipping),
    email: order.email,
    billing: order.billingAddress,
    note: order.note,
    paid: cents(order.payments?.reduce((sum, { amount }) => sum + Number(amount), 0)),
  }).toEqual({
    id: String(of.id),
    status: of['status_id'],
    currency: of['default_currency_code'],
    placedAt: utc(of['date_created']),
    updatedAt: utc(of['date_modified']),
    total: cents(of['total_inc_tax']),
    tax: cents(of['total_tax']),
    discounts: cents(of['discount_amount']) + cents(of['coupon_discount']),
    refunded: cents(of['refunded_amount']),
    shipping: cents(order.taxesIncluded ? of['shipping_cost_inc_tax'] : of['shipping_cost_ex_tax']),
    email: text(billing['email']),
    billing: {
      name: `${billing['first_name']} ${billing['last_name']}`,
      firstName: billing['first_name'],
      lastName: billing['last_name'],
      line1: billing['street_1'],
      city: billing['city'],
      postalCode: billing['zip'],
      province: billing['state'],
      country: billing['country_iso2'],
      countryName: billing['country'],
      ...(text(billing['phone']) ? { phone: billing['phone'] } : {}),
      email: billing['email'],
    },
    note: text(of['customer_message']),
    paid: cents(of['total_inc_tax']),
  })
}
