import { type Random, type SimOrder, times } from './records.ts'

const ARTICLES = [
  { sku: 'SYLT-S', name: 'Linen shirt “Sylt” &ndash; S', cents: 5_990 },
  { sku: 'CUP', name: 'Stoneware cup', cents: 1_290 },
  { sku: 'TEA-100', name: 'Green tea 100&nbsp;g', cents: 749 },
] as const

const PEOPLE = [
  { first_name: 'Jürgen', last_name: 'Groß', city: 'Hamburg', postcode: '20459', country: 'DE' },
  { first_name: 'Zoë', last_name: 'Kővári', city: 'Wien', postcode: '1010', country: 'AT' },
  { first_name: 'Åse', last_name: 'Lindqvist', city: 'Malmö', postcode: '211 20', country: 'SE' },
] as const

/** Net and tax of an amount with 19 % in it, each in whole cents. */
const split = (cents: number): { net: number; tax: number } => {
  const net = Math.round(cents / 1.19)
  return { net, tax: cents - net }
}

const money = (cents: number): string => (cents / 100).toFixed(2)

const pick = <T>(items: readonly T[], random: Random): T => items[Math.floor(random() * items.length)] as T

/** An order that balances: prices with tax, now and then a coupon. */
export function generateOrder(random: Random, id: number, at: number): SimOrder {
  const coupon = random() < 0.3
  const lines = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, index) =>
    generateLine(random, { id: id * 10 + index, coupon }),
  )
  const shipping = split(490)
  const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((all, line) => all + of(line), 0)
  const [net, tax] = [sum(({ total }) => total.net), sum(({ total }) => total.tax)]
  const off = {
    net: sum(({ subtotal }) => subtotal.net) - net,
    tax: sum(({ subtotal }) => subtotal.tax) - tax,
  }
  return {
    ...{ id, parent_id: 0, number: String(id), status: 'processing', currency: 'EUR', version: '10.2.0' },
    ...{
      prices_include_tax: true,
      created_via: 'checkout',
      customer_id: Math.floor(random() * 50),
      customer_note: '',
    },
    ...{
      ...times('created', at),
      ...times('modified', at),
      ...times('paid', at),
      ...times('completed', null),
    },
    date_modified_gmt: String(times('modified', at)['date_modified_gmt']),
    ...{ discount_total: money(off.net), discount_tax: money(off.tax), cart_tax: money(tax) },
    ...{ shipping_total: money(shipping.net), shipping_tax: money(shipping.tax) },
    ...{ total: money(net + tax + 490), total_tax: money(tax + shipping.tax) },
    ...peopleOf(random),
    ...{ payment_method: 'stripe', payment_method_title: 'Kreditkarte', transaction_id: `txn_${id}` },
    meta_data: [],
    line_items: lines.map(({ item }) => item),
    tax_lines: [taxLine({ tax, shippingTax: shipping.tax, id: id * 10 + 7 })],
    shipping_lines: [shippingLine(shipping, id * 10 + 8)],
    fee_lines: [],
    coupon_lines: coupon
      ? [
          {
            id: id * 10 + 9,
            code: 'spring10',
            discount: money(off.net),
            discount_tax: money(off.tax),
            meta_data: [],
          },
        ]
      : [],
    refunds: [],
  }
}

function generateLine(random: Random, { id, coupon }: { id: number; coupon: boolean }) {
  const article = pick(ARTICLES, random)
  const quantity = 1 + Math.floor(random() * 4)
  const before = article.cents * quantity
  const [subtotal, total] = [split(before), split(coupon ? before - Math.round(before / 10) : before)]
  const item = {
    ...{ id, name: article.name, sku: article.sku, product_id: 40, variation_id: 0, quantity, tax_class: '' },
    ...{ subtotal: money(subtotal.net), subtotal_tax: money(subtotal.tax) },
    ...{ total: money(total.net), total_tax: money(total.tax), price: total.net / 100 / quantity },
    taxes: [{ id: 3, total: money(total.tax), subtotal: money(subtotal.tax) }],
    meta_data: [],
  }
  return { item, subtotal, total }
}

function peopleOf(random: Random) {
  const person = pick(PEOPLE, random)
  const address = { ...person, company: '', address_1: 'Hafenstraße 7', address_2: '', state: '' }
  return {
    billing: { ...address, email: 'buyer@kunden.example', phone: '+49 40 5550123' },
    shipping: { ...address, phone: '' },
  }
}

const taxLine = ({ tax, shippingTax, id }: { tax: number; shippingTax: number; id: number }) => ({
  ...{
    id,
    rate_code: 'DE-MWST',
    rate_id: 3,
    label: 'MwSt.',
    compound: false,
    rate_percent: 19,
    meta_data: [],
  },
  ...{ tax_total: money(tax), shipping_tax_total: money(shippingTax) },
})

const shippingLine = ({ net, tax }: { net: number; tax: number }, id: number) => ({
  ...{ id, method_title: 'DHL Paket', method_id: 'flat_rate', instance_id: '4', meta_data: [] },
  ...{ total: money(net), total_tax: money(tax), taxes: [{ id: 3, total: money(tax), subtotal: '' }] },
})
