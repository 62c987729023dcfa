import { amount, rfc2822, type SimOrder } from './records.ts'

const ARTICLES = [
  { sku: 'MUG-1', name: 'Trail Mug “Fjäll”', cents: 1_995 },
  { sku: 'TOWEL-S', name: 'Linen Towel', cents: 2_450 },
  { sku: 'LAMP-9', name: 'Camp Lamp', cents: 5_900 },
]

const PERSON = {
  first_name: 'Mara',
  last_name: 'Lindqvist',
  company: '',
  street_1: '12 Canal St',
  street_2: '',
  city: 'Chicago',
  state: 'Illinois',
  zip: '60606',
  country: 'United States',
  country_iso2: 'US',
  phone: '+1 312 555 0117',
  email: 'mara.lindqvist@example.com',
}

const TAX = 0.0825
const SHIPPING = 795

interface Wish {
  id: number
  at: number
  random: () => number
}

/** An order of one to three articles at net prices, some with a coupon that is spread over its lines. */
export function generateOrder({ id, at, random }: Wish): SimOrder {
  const articles = ARTICLES.slice(0, 1 + Math.floor(random() * ARTICLES.length))
  const percent = random() < 0.3 ? 10 : 0
  const products = articles.map((article, index) =>
    lineOf(article, { id: id * 10 + index, order: id, percent, random }),
  )
  const sum = (pick: (line: (typeof products)[number]) => number): number =>
    products.reduce((total, line) => total + pick(line), 0)
  const [goods, discount] = [sum(({ net }) => net), sum(({ off }) => off)]
  const goodsTax = Math.round((goods - discount) * TAX)
  const shippingTax = Math.round(SHIPPING * TAX)
  const tax = goodsTax + shippingTax
  const total = goods - discount + SHIPPING + tax
  const address = { ...PERSON, id: id * 10, order_id: id, form_fields: [], shipping_method: 'Ground' }
  return {
    id,
    modified: at,
    status: 11,
    products: products.map(({ line }) => line),
    shipments: [],
    refunds: [],
    parts: {
      fees: [],
      shipping_addresses: [
        {
          ...address,
          items_total: products.length,
          cost_ex_tax: amount(SHIPPING),
          cost_inc_tax: amount(SHIPPING + shippingTax),
          cost_tax: amount(shippingTax),
        },
      ],
      coupons: discount
        ? [
            {
              id: id * 10,
              coupon_id: 3,
              order_id: id,
              code: 'TRAIL10',
              amount: '10.0000',
              type: 1,
              discount: discount / 100,
            },
          ]
        : [],
      taxes: [
        {
          id: id * 10,
          order_id: id,
          name: 'Tax',
          class: 'Default',
          rate: '8.2500',
          line_amount: amount(tax),
        },
      ],
    },
    facts: {
      ...{ customer_id: 0, date_created: rfc2822(at), date_shipped: '', is_tax_inclusive_pricing: false },
      ...money('subtotal', goods, Math.round(goods * TAX)),
      ...money('shipping_cost', SHIPPING, shippingTax),
      ...money('handling_cost', 0, 0),
      ...money('wrapping_cost', 0, 0),
      ...{ total_ex_tax: amount(total - tax), total_inc_tax: amount(total), total_tax: amount(tax) },
      items_total: sum(({ line }) => line.quantity),
      ...{
        payment_method: 'Test Payment Gateway',
        payment_provider_id: `pay-${id}`,
        payment_status: 'captured',
      },
      ...{ refunded_amount: '0.0000', store_credit_amount: '0.0000', gift_certificate_amount: '0.0000' },
      ...{ currency_code: 'USD', default_currency_code: 'USD', currency_exchange_rate: '1.0000000000' },
      ...{ discount_amount: '0.0000', coupon_discount: amount(discount) },
      ...{ shipping_address_count: 1, is_deleted: false, order_is_digital: false, customer_locale: 'en' },
      ...{ order_source: 'www', channel_id: 1, billing_address: { ...PERSON, form_fields: [] } },
    },
  }
}

interface LineOf {
  id: number
  order: number
  percent: number
  random: () => number
}

function lineOf({ sku, name, cents }: (typeof ARTICLES)[number], { id, order, percent, random }: LineOf) {
  const quantity = 1 + Math.floor(random() * 3)
  const net = cents * quantity
  const tax = Math.round(net * TAX)
  const off = Math.round((net * percent) / 100)
  const line = {
    ...{ id, order_id: order, order_address_id: order * 10, product_id: 77, variant_id: 500, sku, name },
    ...{ type: 'physical', quantity, quantity_shipped: 0, quantity_refunded: 0, product_options: [] },
    ...{
      price_ex_tax: amount(cents),
      price_inc_tax: amount((net + tax) / quantity),
      price_tax: amount(tax / quantity),
    },
    ...{ total_ex_tax: amount(net), total_inc_tax: amount(net + tax), total_tax: amount(tax) },
    applied_discounts: off
      ? [{ id: 'coupon', amount: amount(off), name: 'Trail', code: 'TRAIL10', target: 'order' }]
      : [],
  }
  return { line, net, off }
}

const money = (name: string, net: number, tax: number): Record<string, string> => ({
  [`${name}_ex_tax`]: amount(net),
  [`${name}_inc_tax`]: amount(net + tax),
  [`${name}_tax`]: amount(tax),
})
