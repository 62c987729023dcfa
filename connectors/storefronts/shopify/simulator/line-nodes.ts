import { grossOf } from './discount-and-tax.ts'
import { moneySet } from './money.ts'
import { decimal, money } from './node-values.ts'
import type {
  DiscountAllocation,
  DiscountApplication,
  LineItem,
  RestOrder,
  ShippingLine,
  TaxLine,
} from './rest-types.ts'
import { currenciesOf } from './totals.ts'

export const lineNode = (line: LineItem, order: RestOrder) => ({
  id: line.admin_graphql_api_id,
  name: line.name,
  title: line.title,
  variantTitle: line.variant_title,
  vendor: line.vendor,
  sku: line.sku,
  quantity: line.quantity,
  currentQuantity: line.current_quantity,
  unfulfilledQuantity: line.fulfillable_quantity,
  requiresShipping: line.requires_shipping,
  taxable: line.taxable,
  isGiftCard: line.gift_card,
  customAttributes: line.properties.map(({ name, value }) => ({ key: name, value })),
  product: { legacyResourceId: String(line.product_id) },
  variant: {
    legacyResourceId: String(line.variant_id),
    inventoryItem: { measurement: { weight: { value: line.grams, unit: 'GRAMS' } } },
  },
  originalUnitPriceSet: money(line.price_set),
  originalTotalSet: money(moneySet(grossOf(line), currenciesOf(order))),
  lineItemGroup: null,
  discountAllocations: line.discount_allocations.map(allocation => discountAllocation(allocation, order)),
  taxLines: line.tax_lines.map(taxNode),
  duties: [],
})

export const shippingNode = (line: ShippingLine, order: RestOrder) => ({
  id: `gid://shopify/ShippingLine/${line.id}`,
  title: line.title,
  code: line.code,
  source: line.source,
  carrierIdentifier: line.carrier_identifier,
  deliveryCategory: null,
  isRemoved: line.is_removed,
  phone: line.phone,
  originalPriceSet: money(line.price_set),
  discountedPriceSet: money(line.discounted_price_set),
  discountAllocations: line.discount_allocations.map(allocation => discountAllocation(allocation, order)),
  taxLines: line.tax_lines.map(taxNode),
})

const discountAllocation = (
  { amount_set, discount_application_index: index }: DiscountAllocation,
  order: RestOrder,
) => ({
  allocatedAmountSet: money(amount_set),
  discountApplication: discountNode(order.discount_applications[index] as DiscountApplication, index, order),
})

export const discountNode = (application: DiscountApplication, index: number, order: RestOrder) => ({
  __typename:
    application.type === 'discount_code' ? 'DiscountCodeApplication' : 'AutomaticDiscountApplication',
  index,
  allocationMethod: application.allocation_method.toUpperCase(),
  targetSelection: application.target_selection.toUpperCase(),
  targetType: application.target_type.toUpperCase(),
  code: application.code,
  title: application.title,
  value:
    application.value_type === 'percentage'
      ? { __typename: 'PricingPercentageValue', percentage: Number(application.value) }
      : { __typename: 'MoneyV2', amount: decimal(application.value), currencyCode: order.currency },
})

export const taxNode = (tax: TaxLine) => ({
  title: tax.title,
  rate: tax.rate,
  priceSet: money(tax.price_set),
  channelLiable: tax.channel_liable,
})
