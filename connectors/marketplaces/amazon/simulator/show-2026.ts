import { decimal, MARKETPLACE, type SimItem, type SimOrder, time, totalOf } from './draw-order.ts'

const STATUS = {
  Pending: 'PENDING',
  Unshipped: 'UNSHIPPED',
  PartiallyShipped: 'PARTIALLY_SHIPPED',
  Shipped: 'SHIPPED',
  Canceled: 'CANCELLED',
} as const

const DAY_MS = 86_400_000

const money = (cents: number) => ({ amount: decimal(cents), currencyCode: MARKETPLACE.currency })

/** The order as Orders 2026-01-01 shows it; datasets that were not asked for are left out. */
export function show2026(order: SimOrder, includedData: ReadonlySet<string>): Record<string, unknown> {
  const priced = order.status !== 'Pending'
  const has = (dataset: string) => includedData.has(dataset)
  return {
    orderId: order.id,
    createdTime: time(order.createdAt),
    lastUpdatedTime: time(order.changedAt),
    programs: order.programs,
    salesChannel: { channelName: 'AMAZON', marketplaceId: MARKETPLACE.id, marketplaceName: MARKETPLACE.name },
    ...(has('BUYER') && { buyer: { buyerName: order.buyer.name, buyerEmail: order.buyer.email } }),
    ...(has('RECIPIENT') && { recipient: { deliveryAddress: addressOf(order) } }),
    ...(has('PROCEEDS') && priced && { proceeds: { grandTotal: money(totalOf(order)) } }),
    ...(has('PAYMENT') && { payment: { paymentExecutions: [{ paymentMethod: 'CreditCard' }] } }),
    ...(has('FULFILLMENT') && { fulfillment: fulfillmentOf(order) }),
    orderItems: order.items.map(item => itemOf(item, priced && has('PROCEEDS'))),
    ...(has('PACKAGES') && order.packages.length > 0 && { packages: order.packages.map(packageOf) }),
  }
}

const addressOf = ({ address }: SimOrder) => ({
  name: address.name,
  addressLine1: address.line1,
  city: address.city,
  stateOrRegion: address.region,
  postalCode: address.postalCode,
  countryCode: address.country,
  addressType: 'RESIDENTIAL',
})

const fulfillmentOf = (order: SimOrder) => ({
  fulfillmentStatus: STATUS[order.status],
  fulfilledBy: order.fulfilledBy,
  fulfillmentServiceLevel: 'STANDARD',
  shipByWindow: {
    earliestDateTime: time(order.createdAt),
    latestDateTime: time(order.createdAt + 2 * DAY_MS),
  },
  deliverByWindow: {
    earliestDateTime: time(order.createdAt + 3 * DAY_MS),
    latestDateTime: time(order.createdAt + 5 * DAY_MS),
  },
})

function itemOf(item: SimItem, priced: boolean) {
  const { price, tax, shipping, shippingTax, discount, giftWrap, giftMessage } = item
  const total = price + tax + shipping + shippingTax - discount + giftWrap
  const parts: [type: string, cents: number][] = [
    ['ITEM', price],
    ['SHIPPING', shipping],
    ['GIFT_WRAP', giftWrap],
    ['DISCOUNT', discount],
  ]
  const breakdowns = parts
    .filter(([, cents]) => cents > 0)
    .map(([type, cents]) => ({ type, subtotal: money(cents) }))
  return {
    orderItemId: item.id,
    quantityOrdered: item.quantity,
    product: {
      ...{ asin: item.asin, title: item.title, sellerSku: item.sku },
      condition: { conditionType: 'NEW', conditionSubtype: 'NEW' },
      ...(priced && { price: { unitPrice: money(Math.round(price / item.quantity)) } }),
    },
    ...(priced && {
      proceeds: { proceedsTotal: money(total), breakdowns: [...breakdowns, taxOf(tax, shippingTax)] },
    }),
    fulfillment: {
      ...{ quantityFulfilled: item.shipped, quantityUnfulfilled: item.quantity - item.shipped },
      ...(giftMessage && { packing: { giftOption: { giftMessage, giftWrapLevel: 'Classic' } } }),
    },
    tax: {
      taxCollections: [{ model: 'MARKETPLACE_FACILITATOR', responsibleParty: 'Amazon Services, Inc.' }],
    },
  }
}

const taxOf = (item: number, shipping: number) => ({
  type: 'TAX',
  subtotal: money(item + shipping),
  detailedBreakdowns: [
    { subtype: 'ITEM', value: money(item) },
    { subtype: 'SHIPPING', value: money(shipping) },
  ],
})

const packageOf = ({
  reference,
  carrier,
  method,
  trackingNumber,
  shippedAt,
  items,
}: SimOrder['packages'][number]) => ({
  packageReferenceId: reference,
  packageStatus: { status: 'SHIPPED' },
  carrier,
  shipTime: shippedAt,
  ...(method && { shippingService: method }),
  trackingNumber,
  packageItems: items,
})
