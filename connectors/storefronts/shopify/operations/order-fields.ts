/** How many lines come with an order; the rest of a longer one is asked for by itself. */
const LINES = 50
const PAGE = 'pageInfo { hasNextPage endCursor }'

/** One line with all it refers to; shared by orders and by the rest of a long one. */
export const LINE_FIELDS = /* GraphQL */ `
fragment LineFields on LineItem {
  id
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
  }
}
${part('Allocation', 'DiscountAllocation', 'allocatedAmountSet { ...Money } discountApplication { ...Discount }')}
${part(
  'Discount',
  'DiscountApplication',
  `__typename
  targetType
  value { __typename ... on PricingPercentageValue { percentage } }
  ... on DiscountCodeApplication { code }
  ... on AutomaticDiscountApplication { title }
  ... on ManualDiscountApplication { title description }
  ... on ScriptDiscountApplication { title }`,
)}
${part('Tax', 'TaxLine', 'title rate channelLiable priceSet { ...Money }')}
${part('Money', 'MoneyBag', 'shopMoney { amount currencyCode } presentmentMoney { amount currencyCode }')}`

/**
 * Everything of an order that the canonical document holds and an app without special approval may read. Webhooks bring the
 * same facts in REST’s words. Not here: staff member (Plus only) and payment terms (a scope of their own).
 */
export const ORDER_FIELDS = /* GraphQL */ `
fragment OrderFields on Order {
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
  }
  lineItems(first: ${LINES}) { nodes { ...LineFields } ${PAGE} }
  shippingLines(first: 10, includeRemovals: true) {
    nodes {
      id
      title
      code
      source
      isRemoved
      originalPriceSet { ...Money }
      discountAllocations { ...Allocation }
      taxLines { ...Tax }
    }
    ${PAGE}
  }
  refunds(first: 50) {
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
  fulfillments(first: 50) {
    legacyResourceId
    name
    status
    displayStatus
    createdAt
    location { legacyResourceId }
    trackingInfo { company number }
    fulfillmentLineItems(first: 50) { nodes { lineItem { id sku } quantity } ${PAGE} }
  }
}
${part(
  'Address',
  'MailingAddress',
  'id name firstName lastName company address1 address2 city zip province provinceCode country countryCodeV2 phone',
)}
${LINE_FIELDS}`

function part(name: string, type: string, fields: string): string {
  return `fragment ${name} on ${type} { ${fields} }`
}
