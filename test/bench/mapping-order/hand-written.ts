import { parseInstant } from '#core/kernel/instant.ts'
import { HUB_FUNCTIONS } from '#core/mapping/functions/functions.ts'
import { lookUp } from '#core/mapping/functions/table.ts'

type Data = Record<string, unknown>
type Hub = (...args: unknown[]) => string | undefined

/** The very functions that the mapping calls. */
const hub = (name: string): Hub => HUB_FUNCTIONS.find(spec => spec.name === name)!.run as Hub
const [money, moneySum, moneySubtract, moneyMultiply] = [
  hub('money'),
  hub('moneySum'),
  hub('moneySubtract'),
  hub('moneyMultiply'),
]
const [instant, offset, country, sku, id, text] = [
  hub('instant'),
  hub('offset'),
  hub('country'),
  hub('sku'),
  hub('id'),
  hub('text'),
]

const table = (name: string, entries: Data) => ({ name, entries: new Map(Object.entries(entries)) })
const PAYMENT = table('paymentStatus', {
  pending: 'pending',
  authorized: 'authorized',
  paid: 'paid',
  refunded: 'refunded',
  '*': 'unknown',
})
const FULFILMENT = table('fulfilmentStatus', {
  fulfilled: 'fulfilled',
  partial: 'partially-fulfilled',
  '*': 'unfulfilled',
})

/** The same mapping as somebody writes it by hand with care: required members in the literal, others where they are present. */
export function handWritten(order: Data): {
  externalId: string
  number: unknown
  revision: number | undefined
  dependsOn: []
  body: Data
} {
  const currency = order['presentment_currency'] || order['currency']
  const body: Data = { number: order['name'], channel: 'shopify', placedAt: instant(order['created_at']) }
  put(body, 'updatedAt', instant(order['updated_at']))
  put(body, 'utcOffset', offset(order['created_at']))
  body['currency'] = currency
  body['taxesIncluded'] = order['taxes_included']
  put(body, 'paymentStatus', lookUp(PAYMENT, order['financial_status'], undefined))
  put(body, 'fulfilmentStatus', lookUp(FULFILMENT, order['fulfillment_status'] || 'none', undefined))
  put(body, 'email', text(order['email']))
  put(body, 'phone', text(order['phone']))
  put(body, 'note', text(order['note']))
  put(body, 'test', order['test'])
  body['tags'] = String(order['tags'] ?? '')
    .split(',')
    .map(tag => text(tag))
    .filter(tag => tag !== undefined)
  if (order['customer']) body['customer'] = customer(order['customer'] as Data)
  if (order['shipping_address']) body['shippingAddress'] = address(order['shipping_address'] as Data)
  body['lines'] = lines((order['line_items'] as Data[] | undefined) ?? [], currency)
  const [shipping] = (order['shipping_lines'] as Data[] | undefined) ?? []
  put(body, 'shipping', money(shipping?.['price'], currency))
  put(body, 'shippingMethod', text(shipping?.['title']))
  body['totals'] = totals(order, currency)
  return {
    externalId: id(order['id'])!,
    number: order['name'],
    revision: parseInstant(order['updated_at'] as string)?.ms,
    dependsOn: [],
    body,
  }
}

function put(target: Data, name: string, value: unknown): void {
  if (value !== undefined && value !== null) target[name] = value
}

function customer(source: Data): Data {
  const target: Data = {}
  put(target, 'externalId', id(source['id']))
  put(target, 'name', text(`${source['first_name']} ${source['last_name']}`))
  put(target, 'email', text(source['email']))
  return target
}

function address(source: Data): Data {
  const target: Data = {}
  put(target, 'name', text(source['name']))
  put(target, 'line1', text(source['address1']))
  put(target, 'line2', text(source['address2']))
  put(target, 'city', text(source['city']))
  put(target, 'postalCode', text(source['zip']))
  put(target, 'province', text(source['province_code']))
  put(target, 'country', country(source['country_code']))
  put(target, 'phone', text(source['phone']))
  return target
}

function lines(items: readonly Data[], currency: unknown): Data[] {
  const result: Data[] = []
  for (const item of items) {
    if (!((item['quantity'] as number) > 0)) continue
    const amounts = ((item['discount_allocations'] as Data[] | undefined) ?? []).map(
      allocation => allocation['amount'],
    )
    const line: Data = { externalId: id(item['id']) }
    put(line, 'sku', sku(item['sku']))
    line['title'] = item['title']
    put(line, 'variant', text(item['variant_title']))
    line['quantity'] = item['quantity']
    line['unitPrice'] = money(item['price'], currency)
    line['discount'] = moneySum(amounts, currency)
    line['total'] = moneySubtract(
      moneyMultiply(item['price'], item['quantity'], currency),
      moneySum(amounts, currency),
      currency,
    )
    line['taxes'] = ((item['tax_lines'] as Data[] | undefined) ?? []).map(tax => ({
      title: tax['title'],
      rate: tax['rate'],
      amount: money(tax['price'], currency),
    }))
    result.push(line)
  }
  return result
}

function totals(order: Data, currency: unknown): Data {
  const target: Data = {}
  put(target, 'lines', money(order['total_line_items_price'], currency))
  put(target, 'discounts', money(order['total_discounts'], currency))
  put(target, 'tax', money(order['total_tax'], currency))
  put(target, 'total', money(order['total_price'], currency))
  return target
}
