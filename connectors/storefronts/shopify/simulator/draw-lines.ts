import { ARTICLES, type Article } from './catalogue.ts'
import { between, pick, type Random } from './draw.ts'
import { type Currencies, moneySet, NOTHING, priced, text } from './money.ts'
import type { LineItem, ShippingLine } from './rest-types.ts'

/** One to six articles, one to four of each. */
export const drawLines = (random: Random, n: number, currencies: Currencies): LineItem[] =>
  Array.from({ length: between(random, 1, 6) }, (_, index) =>
    lineOf({
      id: 15_300_000_000_000 + n * 16 + index,
      article: pick(random, ARTICLES),
      quantity: between(random, 1, 4),
      currencies,
    }),
  )

/** Minor units of one unit of the currency, for prices given in hundredths. */
const inMinorUnits = (hundredths: number, currency: string): number =>
  currency === 'JPY' ? Math.round(hundredths * 1.5) : hundredths

export function lineOf(of: {
  id: number
  article: Article
  quantity: number
  currencies: Currencies
}): LineItem {
  const { id, article, quantity, currencies } = of
  const price = priced(inMinorUnits(article.price, currencies.shop), currencies)
  return {
    id,
    admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
    attributed_staffs: [],
    current_quantity: quantity,
    fulfillable_quantity: quantity,
    fulfillment_service: 'manual',
    fulfillment_status: null,
    gift_card: false,
    grams: article.grams,
    name: article.variantTitle ? `${article.title} - ${article.variantTitle}` : article.title,
    price: text(price.shop, currencies.shop),
    price_set: moneySet(price, currencies),
    product_exists: true,
    product_id: article.product,
    properties: [],
    quantity,
    requires_shipping: true,
    sku: article.sku,
    taxable: true,
    title: article.title,
    total_discount: text(0, currencies.shop),
    total_discount_set: moneySet(NOTHING, currencies),
    variant_id: article.variant,
    variant_inventory_management: 'shopify',
    variant_title: article.variantTitle,
    vendor: article.vendor,
    tax_lines: [],
    duties: [],
    discount_allocations: [],
  }
}

export function drawShipping(random: Random, n: number, currencies: Currencies): ShippingLine {
  const [title, hundredths] = pick(random, [
    ['Standard', 499],
    ['Express', 1_495],
    ['Free Shipping', 0],
  ] as [string, number][])
  const price = priced(inMinorUnits(hundredths, currencies.shop), currencies)
  return {
    id: 5_400_000_000_000 + n,
    carrier_identifier: null,
    code: title,
    discounted_price: text(price.shop, currencies.shop),
    discounted_price_set: moneySet(price, currencies),
    is_removed: false,
    phone: null,
    price: text(price.shop, currencies.shop),
    price_set: moneySet(price, currencies),
    requested_fulfillment_service_id: null,
    source: 'shopify',
    title,
    tax_lines: [],
    discount_allocations: [],
  }
}
