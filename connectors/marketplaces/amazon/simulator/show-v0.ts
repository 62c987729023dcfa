import { decimal, MARKETPLACE, type SimItem, type SimOrder, time, totalOf } from './draw-order.ts'

const DAY_MS = 86_400_000

const money = (cents: number) => ({ CurrencyCode: MARKETPLACE.currency, Amount: decimal(cents) })

/** The order as Orders v0 shows it; buyer and address only to who has a restricted token. */
export function showV0(order: SimOrder, restricted: boolean): Record<string, unknown> {
  const { address, buyer } = order
  return {
    AmazonOrderId: order.id,
    PurchaseDate: time(order.createdAt),
    LastUpdateDate: time(order.changedAt),
    OrderStatus: order.status,
    FulfillmentChannel: order.fulfilledBy === 'AMAZON' ? 'AFN' : 'MFN',
    SalesChannel: MARKETPLACE.name,
    ...(order.status === 'Pending' ? {} : { OrderTotal: money(totalOf(order)) }),
    MarketplaceId: MARKETPLACE.id,
    ShipmentServiceLevelCategory: 'Standard',
    OrderType: 'StandardOrder',
    PaymentMethod: 'Other',
    PaymentMethodDetails: ['CreditCard'],
    EarliestShipDate: time(order.createdAt),
    LatestShipDate: time(order.createdAt + 2 * DAY_MS),
    EarliestDeliveryDate: time(order.createdAt + 3 * DAY_MS),
    LatestDeliveryDate: time(order.createdAt + 5 * DAY_MS),
    IsPrime: order.programs.includes('PRIME'),
    IsBusinessOrder: false,
    ...(restricted && {
      BuyerInfo: { BuyerName: buyer.name, BuyerEmail: buyer.email },
      ShippingAddress: {
        Name: address.name,
        AddressLine1: address.line1,
        City: address.city,
        StateOrRegion: address.region,
        PostalCode: address.postalCode,
        CountryCode: address.country,
        AddressType: 'Residential',
      },
    }),
  }
}

/** An item as v0 shows it: booleans as text, prices for all units together. */
export function showItemV0(item: SimItem, { priced, restricted }: { priced: boolean; restricted: boolean }) {
  return {
    ASIN: item.asin,
    SellerSKU: item.sku,
    OrderItemId: item.id,
    Title: item.title,
    QuantityOrdered: item.quantity,
    QuantityShipped: item.shipped,
    ConditionId: 'New',
    ConditionSubtypeId: 'New',
    IsGift: String(item.giftMessage !== undefined),
    TaxCollection: { Model: 'MarketplaceFacilitator', ResponsibleParty: 'Amazon Services, Inc.' },
    ...(priced && {
      ItemPrice: money(item.price),
      ItemTax: money(item.tax),
      ShippingPrice: money(item.shipping),
      ShippingTax: money(item.shippingTax),
      PromotionDiscount: money(item.discount),
    }),
    BuyerInfo: {
      ...(priced && item.giftWrap > 0 && { GiftWrapPrice: money(item.giftWrap), GiftWrapTax: money(0) }),
      ...(restricted && item.giftMessage && { GiftMessageText: item.giftMessage, GiftWrapLevel: 'Classic' }),
    },
  }
}
