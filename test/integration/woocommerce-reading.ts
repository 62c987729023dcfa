import { expect } from '@jest/globals'
import type { Order } from '#core/documents/types.gen.ts'

/** What the test reads of an order, by itself: the mapping is not asked. */
export interface WooOrder {
  id: number
  number: string
  status: string
  currency: string
  prices_include_tax?: boolean
  total: string
  total_tax: string
  shipping_total: string
  discount_total: string
  customer_note?: string
  date_created?: string
  date_created_gmt: string
  date_modified_gmt: string
  billing: Record<string, string>
  shipping: Record<string, string>
  line_items: WooItem[]
  shipping_lines?: WooItem[]
  fee_lines?: WooItem[]
  tax_lines?: { label: string; tax_total: string; shipping_tax_total: string }[]
  coupon_lines?: { code: string; discount: string }[]
  refunds?: { id: number; total: string; reason?: string }[]
  meta_data?: { key: string; value: unknown }[]
}

interface WooItem {
  id: number
  name?: string
  parent_name?: string | null
  method_title?: string
  sku?: string | number | null
  quantity: number
  subtotal: string
  total: string
  total_tax: string
  variation_id?: number
  taxes?: { total: string }[]
}

/** Decimal text as whole millionths, without a float in between. */
export function millionths(amount: string | undefined): bigint {
  const [, sign, whole = '0', decimals = ''] = /^(-?)(\d*)\.?(\d*)$/.exec(amount ?? '0') ?? []
  const value = BigInt(whole + decimals.slice(0, 6).padEnd(6, '0'))
  return sign === '-' ? -value : value
}

/** A price to the ninth decimal, times units with up to three. */
const ofUnits = (price: string, quantity: number): bigint => {
  const [whole = '0', decimals = ''] = price.split('.')
  const scaled = BigInt(whole + decimals.padEnd(9, '0')) * BigInt(Math.round(quantity * 1_000))
  return (scaled + 500_000n) / 1_000_000n
}

const ENTITIES: Readonly<Record<string, string>> = { '&ndash;': '–', '&lt;': '<', '&gt;': '>', '&amp;': '&' }
const plain = (text: string): string => text.replace(/&\w+;/g, entity => ENTITIES[entity] ?? entity)

const amounts = (values: readonly (string | undefined)[] = []): bigint[] => values.map(millionths)

/** Compares an order with its payload: money to the cent, lines, taxes, discounts, times, people. */
export function expectSameOrder(order: Order, payload: WooOrder): void {
  expect(order).toMatchObject({
    externalId: String(payload.id),
    number: payload.number,
    currency: payload.currency,
    taxesIncluded: payload.prices_include_tax ?? false,
    placedAt: `${payload.date_created_gmt}Z`,
    updatedAt: `${payload.date_modified_gmt}Z`,
  })
  expect(order.utcOffset).toBe(offsetOf(payload))
  expect(order.attributes?.['status']).toBe(payload.status)
  expect(order.note).toBe(payload.customer_note || undefined)
  expectSameMoney(order, payload)
  expect(order.lines).toHaveLength(payload.line_items.length)
  for (const [index, item] of payload.line_items.entries()) expectSameLine(order.lines[index]!, item)
  expectSamePeople(order, payload)
}

function expectSameMoney(order: Order, payload: WooOrder): void {
  const { totals } = order
  expect(amounts([totals.total, totals.tax, totals.shipping])).toEqual(
    amounts([payload.total, payload.total_tax, payload.shipping_total]),
  )
  const giftCards = (order.discounts ?? []).reduce((sum, { amount }) => sum + millionths(amount), 0n)
  expect(millionths(totals.discounts) - giftCards).toBe(millionths(payload.discount_total))
  expect(order.shippingLines?.map(({ title }) => title)).toEqual(
    payload.shipping_lines?.map(({ method_title: title }) => title),
  )
  expect(amounts(order.shippingLines?.map(({ price }) => price))).toEqual(
    amounts(payload.shipping_lines?.map(({ total }) => total)),
  )
  expect(
    amounts(order.shippingLines?.flatMap(({ taxes }) => taxes ?? []).map(({ amount }) => amount)),
  ).toEqual(amounts(payload.shipping_lines?.flatMap(({ taxes }) => taxes ?? []).map(({ total }) => total)))
  expect(order.fees?.map(({ title }) => title)).toEqual(payload.fee_lines?.map(({ name }) => name))
  expect(amounts(order.fees?.map(({ amount }) => amount))).toEqual(
    amounts(payload.fee_lines?.map(({ total }) => total)),
  )
  expect(order.taxes?.map(({ title, amount }) => [title, millionths(amount)])).toEqual(
    (payload.tax_lines ?? []).map(tax => [
      tax.label,
      millionths(tax.tax_total) + millionths(tax.shipping_tax_total),
    ]),
  )
  expect(order.discountCodes?.map(({ code, amount }) => [code, millionths(amount)])).toEqual(
    (payload.coupon_lines ?? []).map(({ code, discount }) => [code, millionths(discount)]),
  )
  expect(order.refunds?.map(({ externalId, amount }) => [externalId, millionths(amount)])).toEqual(
    (payload.refunds ?? []).map(({ id, total }) => [String(id), -millionths(total)]),
  )
}

function expectSameLine(line: Order['lines'][number], item: WooItem): void {
  expect(line.externalId).toBe(String(item.id))
  expect(line.title).toBe(plain(item.parent_name ?? item.name ?? ''))
  expect(line.sku).toBe(item.sku ? String(item.sku) : undefined)
  expect(line.quantity).toBe(item.quantity)
  expect(line.variantId).toBe(item.variation_id ? String(item.variation_id) : undefined)
  expect(ofUnits(line.unitPrice, item.quantity)).toBe(millionths(item.subtotal))
  expect(amounts([line.total, line.taxTotal, line.discountTotal])).toEqual([
    ...amounts([item.total, item.total_tax]),
    millionths(item.subtotal) - millionths(item.total),
  ])
  expect(amounts(line.taxes?.map(({ amount }) => amount))).toEqual(
    amounts(item.taxes?.map(({ total }) => total)),
  )
}

const PARTS: readonly [
  canonical: 'line1' | 'city' | 'postalCode' | 'provinceCode' | 'country',
  woo: string,
][] = [
  ['line1', 'address_1'],
  ['city', 'city'],
  ['postalCode', 'postcode'],
  ['provinceCode', 'state'],
  ['country', 'country'],
]

function expectSamePeople(order: Order, { billing, shipping, meta_data: metaData }: WooOrder): void {
  expect(order.email).toBe(billing['email'] || undefined)
  expect(order.phone).toBe(billing['phone'] || undefined)
  const name = `${billing['first_name']} ${billing['last_name']}`.trim()
  expect(order.billingAddress?.name).toBe(name || undefined)
  for (const [canonical, woo] of PARTS) {
    expect(order.billingAddress?.[canonical]).toBe(billing[woo] || undefined)
    expect(order.shippingAddress?.[canonical]).toBe(shipping[woo] || undefined)
  }
  const trackings = metaData?.find(({ key }) => key === '_wc_shipment_tracking_items')?.value ?? []
  expect(order.fulfilments?.flatMap(({ trackingNumbers }) => trackingNumbers)).toEqual(
    (trackings as { tracking_number: string }[]).map(({ tracking_number: number }) => number),
  )
}

function offsetOf({ date_created: local, date_created_gmt: utc }: WooOrder): string | undefined {
  if (!local) return undefined
  const minutes = (Date.parse(`${local}Z`) - Date.parse(`${utc}Z`)) / 60_000
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
}
