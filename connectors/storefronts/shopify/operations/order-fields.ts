/** How many lines come with an order; the rest of a longer one is asked for by itself. */
const LINES = 50
const PAGE = 'pageInfo { hasNextPage endCursor }'

type Fragment = readonly [type: string, fields: string]

/** Parts that stand at many places, by name. */
const FRAGMENTS: Readonly<Record<string, Fragment>> = {
  LineFields: [
    'LineItem',
    `id
  name
  title
  variantTitle
  vendor
  sku
  quantity
  currentQuantity
  unfulfilledQuantity
  requiresShipping
  taxable
  isGiftCard
  customAttributes { key value }
  product { legacyResourceId }
  variant {
    legacyResourceId
    inventoryItem { measurement { weight { value unit } } }
  }
  lineItemGroup { id title quantity variantId variantSku }
  originalUnitPriceSet { ...Money }
  originalTotalSet { ...Money }
  discountAllocations { ...Allocation }
  taxLines { ...Tax }
  duties {
    id
    harmonizedSystemCode
    countryCodeOfOrigin
    price { ...Money }
    taxLines { ...Tax }
  }`,
  ],
  Allocation: ['DiscountAllocation', 'allocatedAmountSet { ...Money } discountApplication { ...Discount }'],
  Discount: [
    'DiscountApplication',
    `__typename
  targetType
  value { __typename ... on PricingPercentageValue { percentage } }
  ... on DiscountCodeApplication { code }
  ... on AutomaticDiscountApplication { title }
  ... on ManualDiscountApplication { title description }
  ... on ScriptDiscountApplication { title }`,
  ],
  Tax: ['TaxLine', 'title rate channelLiable priceSet { ...Money }'],
  Money: ['MoneyBag', 'shopMoney { amount currencyCode } presentmentMoney { amount currencyCode }'],
  Address: [
    'MailingAddress',
    'id name firstName lastName company address1 address2 city zip province provinceCode country countryCodeV2 phone',
  ],
}

const parts = (...names: string[]): string => names.map(part).join('\n')

function part(name: string): string {
  const [type, fields] = FRAGMENTS[name]!
  return `fragment ${name} on ${type} { ${fields} }`
}

/** One line with all it refers to; shared by orders and by the rest of a long one. */
export const LINE_FIELDS: string = parts('LineFields', 'Allocation', 'Discount', 'Tax', 'Money')

/** What an order says of itself, lists and connections aside. */
const OWN_FIELDS = `
  id
  legacyResourceId
  name
  confirmationNumber
  createdAt
  processedAt
  updatedAt
  closedAt
  cancelledAt
  cancelReason
  currencyCode
  presentmentCurrencyCode
  taxesIncluded
  taxExempt
  dutiesIncluded
  estimatedTaxes
  test
  displayFinancialStatus
  displayFulfillmentStatus
  email
  phone
  clientIp
  customerLocale
  sourceName
  sourceIdentifier
  poNumber
  note
  tags
  customAttributes { key value }
  discountCodes
  paymentGatewayNames
  app { id }
  merchantOfRecordApp { id }
  retailLocation { legacyResourceId }
  purchasingEntity { __typename ... on PurchasingCompany { company { id } location { id } } }
  totalPriceSet { ...Money }
  totalDiscountsSet { ...Money }
  totalShippingPriceSet { ...Money }
  totalTaxSet { ...Money }
  totalTipReceivedSet { ...Money }
  totalOutstandingSet { ...Money }
  totalReceivedSet { ...Money }
  currentTotalPriceSet { ...Money }
  currentSubtotalPriceSet { ...Money }
  currentTotalDiscountsSet { ...Money }
  currentShippingPriceSet { ...Money }
  currentTotalTaxSet { ...Money }
  currentTotalDutiesSet { ...Money }
  originalTotalDutiesSet { ...Money }
  currentTotalAdditionalFeesSet { ...Money }
  originalTotalAdditionalFeesSet { ...Money }
  totalCashRoundingAdjustment { paymentSet { ...Money } refundSet { ...Money } }
  taxLines { ...Tax }
  billingAddress { ...Address }
  shippingAddress { ...Address }
  customer {
    legacyResourceId
    firstName
    lastName
    defaultEmailAddress { emailAddress }
    defaultPhoneNumber { phoneNumber }
    note
    tags
    taxExempt
    createdAt
    amountSpent { currencyCode }
    defaultAddress { ...Address }
  }`

const SHIPPING_FIELDS = `
  id
  title
  code
  source
  isRemoved
  originalPriceSet { ...Money }
  discountAllocations { ...Allocation }
  taxLines { ...Tax }`

/** Lists without pages, of which each holds connections. */
const listsOf = (first: number): string => `
  refunds(first: ${first}) {
    legacyResourceId
    createdAt
    note
    refundLineItems(first: 20) {
      nodes {
        id
        lineItem { id sku }
        quantity
        restockType
        subtotalSet { ...Money }
        totalTaxSet { ...Money }
        location { legacyResourceId }
      }
      ${PAGE}
    }
    transactions(first: 10) { nodes { kind status amountSet { ...Money } } ${PAGE} }
  }
  fulfillments(first: ${first}) {
    legacyResourceId
    name
    status
    displayStatus
    createdAt
    location { legacyResourceId }
    trackingInfo { company number }
    fulfillmentLineItems(first: 50) { nodes { lineItem { id sku } quantity } ${PAGE} }
  }`

/** As many as an order with all its parts is asked for, and as one in a long list of others. */
export const LIST_LIMIT = 50
export const SHORT_LIST_LIMIT = 10

/**
 * Everything of an order that the canonical document holds and an app without special approval may read. Webhooks bring the
 * same facts in REST’s words. Not here: staff member (Plus only) and payment terms (a scope of their own).
 */
export const ORDER_FIELDS: string = /* GraphQL */ `
fragment OrderFields on Order {
  ${OWN_FIELDS}
  lineItems(first: ${LINES}) { nodes { ...LineFields } ${PAGE} }
  shippingLines(first: 10, includeRemovals: true) { nodes { ${SHIPPING_FIELDS} } ${PAGE} }
  ${listsOf(LIST_LIMIT)}
}
${part('Address')}
${LINE_FIELDS}`

/** What a bulk operation cannot give: a connection inside a list. */
export const LIST_FIELDS: string = `
fragment ListFields on Order {
  id
  updatedAt
  ${listsOf(SHORT_LIST_LIMIT)}
}
${part('Money')}`

/** The rest of it, as bulk operations want it: `edges`, no pages, no fragments. Of the lists only whether there is anything in them. */
export const BULK_ORDER_FIELDS: string = spread(`
  ${OWN_FIELDS}
  lineItems { edges { node { ...LineFields } } }
  shippingLines(includeRemovals: true) { edges { node { ${SHIPPING_FIELDS} } } }
  refunds(first: ${LIST_LIMIT}) { legacyResourceId }
  fulfillments(first: ${LIST_LIMIT}) { legacyResourceId }`)

function spread(fields: string): string {
  return fields.replaceAll(/\.\.\.([A-Z]\w+)/g, (_spread, name: string) => spread(FRAGMENTS[name]![1]))
}
