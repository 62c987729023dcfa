export interface SimulatedLine {
  lineItemId: string
  sku: string
  quantity: number
  lineItemFulfillmentStatus: string
  [member: string]: unknown
}

export interface SimulatedOrder {
  orderId: string
  lastModifiedDate: string
  orderFulfillmentStatus: string
  lineItems: SimulatedLine[]
  [member: string]: unknown
}

/** The nth order of the account; known before there is a simulator. */
export const orderIdOf = (n: number): string =>
  `12-${String(n).padStart(5, '0')}-${String(40_000 + n).slice(-5)}`

export const skuOf = (n: number): string => `KIT-${n}`

const dollars = (cents: number) => ({ value: (cents / 100).toFixed(2), currency: 'USD' })

/** A paid order of two lines: eBay collects the sales tax by itself, and a promotion takes something off the first line. */
export function drawOrder(n: number, at: number, random: () => number): SimulatedOrder {
  const time = new Date(at).toISOString()
  const unit = 500 + Math.floor(random() * 9_500)
  const off = Math.floor(unit / 10)
  const [quantity, post] = [1 + Math.floor(random() * 3), Math.floor(random() * 900)]
  const other = 250 + Math.floor(random() * 2_000)
  const goods = unit * quantity + other
  const total = goods - off + post
  return {
    orderId: orderIdOf(n),
    creationDate: time,
    lastModifiedDate: time,
    orderFulfillmentStatus: 'NOT_STARTED',
    orderPaymentStatus: 'PAID',
    sellerId: 'simulated_outdoor',
    salesRecordReference: String(1_000 + n),
    buyer: {
      username: `buyer_${n}`,
      buyerRegistrationAddress: shipTo,
      taxAddress: { stateOrProvince: 'OR', postalCode: '97205', countryCode: 'US' },
    },
    pricingSummary: {
      priceSubtotal: dollars(goods),
      priceDiscount: dollars(-off),
      deliveryCost: dollars(post),
      total: dollars(total),
    },
    cancelStatus: { cancelState: 'NONE_REQUESTED', cancelRequests: [] },
    paymentSummary: {
      totalDueSeller: dollars(Math.floor(total * 0.87)),
      refunds: [],
      payments: [{ paymentMethod: 'EBAY', paymentDate: time, amount: dollars(total), paymentStatus: 'PAID' }],
    },
    fulfillmentStartInstructions: [
      {
        fulfillmentInstructionsType: 'SHIP_TO',
        minEstimatedDeliveryDate: time,
        maxEstimatedDeliveryDate: time,
        shippingStep: { shipTo, shippingCarrierCode: 'USPS', shippingServiceCode: 'USPSPriority' },
      },
    ],
    fulfillmentHrefs: [],
    lineItems: [
      {
        ...lineOf(n, 1, quantity),
        lineItemCost: dollars(unit * quantity),
        discountedLineItemCost: dollars(unit * quantity - off),
        appliedPromotions: [{ promotionId: '5', description: 'Spring sale', discountAmount: dollars(off) }],
        deliveryCost: { shippingCost: dollars(post) },
        total: dollars(unit * quantity - off + post),
      },
      {
        ...lineOf(n, 2, 1),
        lineItemCost: dollars(other),
        appliedPromotions: [],
        deliveryCost: { shippingCost: dollars(0) },
        total: dollars(other),
      },
    ],
    totalFeeBasisAmount: dollars(total),
    totalMarketplaceFee: dollars(total - Math.floor(total * 0.87)),
  }
}

const shipTo = {
  fullName: 'Mara Lindqvist',
  contactAddress: {
    addressLine1: '12 Canal St',
    addressLine2: 'Apt 4',
    city: 'Portland',
    stateOrProvince: 'OR',
    postalCode: '97205',
    countryCode: 'US',
  },
  primaryPhone: { phoneNumber: '503 555 0117' },
  email: 'mara.lindqvist@members.example',
}

const lineOf = (n: number, nth: number, quantity: number) => ({
  lineItemId: `100${n}${nth}`.padEnd(14, '0'),
  legacyItemId: `110${n}${nth}`.padEnd(12, '0'),
  sku: nth === 1 ? skuOf(n) : `CARD-${n}`,
  title: nth === 1 ? 'Trail Mug' : 'Postcard “Grüße”',
  quantity,
  soldFormat: 'FIXED_PRICE',
  listingMarketplaceId: 'EBAY_US',
  purchaseMarketplaceId: 'EBAY_US',
  lineItemFulfillmentStatus: 'NOT_STARTED',
  lineItemFulfillmentInstructions: { shipByDate: '2026-05-20T06:59:59.000Z', guaranteedDelivery: false },
  taxes: [],
  ebayCollectAndRemitTaxes: [
    { taxType: 'STATE_SALES_TAX', amount: dollars(41 * quantity), collectionMethod: 'NET' },
  ],
  refunds: [],
  properties: { buyerProtection: true },
})
