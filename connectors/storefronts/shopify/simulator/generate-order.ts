import { FAMILY_NAMES, GIVEN_NAMES, PLACES } from './catalogue.ts'
import { allocate, taxLinesOf } from './discount-and-tax.ts'
import { between, pick, type Random } from './draw.ts'
import { drawLines, drawShipping } from './draw-lines.ts'
import { type Currencies, text } from './money.ts'
import { addressOf, customerOf } from './people.ts'
import type { DiscountApplication, RestOrder } from './rest-types.ts'
import { withTotals } from './totals.ts'

export interface OrderOptions {
  /** Epoch milliseconds at which the buyer ordered. */
  at: number
  /** Writes times as the shop sees them; UTC unless told. */
  local?: (ms: number) => string
  /** Currency of the shop; drawn unless told. */
  currency?: string
}

/** Buyer's currency units for one of the shop's, near enough to real ones to look right. */
const RATES: Record<string, number> = { USD: 1, EUR: 0.92, GBP: 0.79, CAD: 1.37, JPY: 149.3 }

/** What every new order of the online store has in common. */
const NEW = {
  app_id: 580_111,
  confirmed: true,
  closed_at: null,
  cancelled_at: null,
  cancel_reason: null,
  tax_exempt: false,
  duties_included: false,
  estimated_taxes: false,
  financial_status: 'pending' as const,
  fulfillment_status: null,
  source_name: 'web',
  source_identifier: null,
  landing_site: null,
  referring_site: null,
  location_id: null,
  user_id: null,
  test: false,
  payment_terms: null,
  current_total_duties_set: null,
  original_total_duties_set: null,
  current_total_additional_fees_set: null,
  original_total_additional_fees_set: null,
}

const utc = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/**
 * An order as Shopify's `orders/create` carries it. `n` makes ids, name and number, so equal `n` is the same order; the
 * rest is drawn. Every amount balances to the minor unit, in the shop's currency and in the buyer's:
 * total = lines − discounts + shipping + tax (unless prices include it).
 */
export function generateOrder(random: Random, n: number, options: OrderOptions): RestOrder {
  const currencies = drawCurrencies(random, options.currency)
  const taxesIncluded = random() < 0.4
  const tax = { rate: pick(random, [0.06, 0.07, 0.19, 0.2]), included: taxesIncluded, currencies }
  const discount = drawDiscount(random)
  const lines = drawLines(random, n, currencies)
  const shipping = drawShipping(random, n, currencies)
  if (discount)
    allocate(discount.target_type === 'shipping_line' ? [shipping] : lines, {
      application: discount,
      currencies,
    })
  for (const line of [...lines, shipping]) line.tax_lines = taxLinesOf(line, tax)

  const at = (options.local ?? utc)(options.at)
  const place = pick(random, PLACES)
  const person = {
    id: 7_200_000_000_000 + n,
    first: pick(random, GIVEN_NAMES),
    last: pick(random, FAMILY_NAMES),
    place,
  }
  const email = `buyer${n}@example.com`
  return withTotals({
    ...NEW,
    ...namesOf(n),
    created_at: at,
    processed_at: at,
    updated_at: at,
    currency: currencies.shop,
    presentment_currency: currencies.buyer,
    taxes_included: taxesIncluded,
    email,
    contact_email: email,
    phone: random() < 0.3 ? place.phone : null,
    browser_ip: `192.0.2.${between(random, 1, 254)}`,
    buyer_accepts_marketing: random() < 0.5,
    customer_locale: pick(random, ['en', 'de', 'fr-FR', 'ja-JP']),
    po_number: random() < 0.1 ? `PO-${n}` : null,
    note: random() < 0.2 ? 'Please leave it with the neighbour.' : null,
    note_attributes: random() < 0.2 ? [{ name: 'gift', value: 'yes' }] : [],
    tags: pick(random, ['', 'vip', 'b2b, wholesale']),
    total_tip_received: text(0, currencies.shop),
    total_weight: lines.reduce((sum, line) => sum + line.grams * line.quantity, 0),
    // Filled again per order: arrays of a template would be shared.
    payment_gateway_names: ['shopify_payments'],
    discount_codes: [],
    tax_lines: [],
    fulfillments: [],
    refunds: [],
    discount_applications: discount ? [discount] : [],
    line_items: lines,
    shipping_lines: [shipping],
    billing_address: addressOf(person),
    shipping_address: addressOf(person),
    customer: customerOf(person, { email, currency: currencies.shop, at }),
  })
}

function namesOf(n: number) {
  const id = 6_100_000_000_000 + n
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: `#${1_000 + n}`,
    number: n,
    order_number: 1_000 + n,
    confirmation_number: (id * 7_919).toString(36).slice(-9).toUpperCase(),
    token: id.toString(16).padStart(32, '0'),
  }
}

function drawCurrencies(random: Random, fixed?: string): Currencies {
  const shop = fixed ?? pick(random, ['USD', 'USD', 'EUR', 'GBP', 'CAD', 'JPY'])
  const buyer = random() < 0.75 ? shop : pick(random, Object.keys(RATES))
  return { shop, buyer, rate: (RATES[buyer] ?? 1) / (RATES[shop] ?? 1) }
}

function drawDiscount(random: Random): DiscountApplication | null {
  const common = { allocation_method: 'across', target_selection: 'all' } as const
  const draw = random()
  if (draw < 0.5) return null
  if (draw < 0.7)
    return {
      ...common,
      target_type: 'line_item',
      type: 'discount_code',
      value: '10.0',
      value_type: 'percentage',
      code: 'WELCOME10',
    }
  if (draw < 0.85)
    return {
      ...common,
      target_type: 'line_item',
      type: 'automatic',
      value: '15.0',
      value_type: 'percentage',
      title: 'Summer sale',
    }
  return {
    ...common,
    target_type: 'shipping_line',
    type: 'discount_code',
    value: '100.0',
    value_type: 'percentage',
    code: 'FREESHIP',
  }
}
