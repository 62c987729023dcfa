import { fulfillmentNode, refundNode } from './event-nodes.ts'
import { discountNode, lineNode, shippingNode, taxNode } from './line-nodes.ts'
import { add, minus, moneySet, NOTHING, type Pair, pairOf } from './money.ts'
import { address, list, money, utc } from './node-values.ts'
import type { MoneySet, Refund, RestOrder } from './rest-types.ts'
import { currenciesOf } from './totals.ts'

/**
 * The same order in GraphQL's words, with the differences that bite: amounts without trailing zeros (`10.0`), times in
 * UTC, states in capitals, nothing where REST has an empty text, ids as global ids.
 */
export function orderNode(order: RestOrder): Record<string, unknown> {
  return {
    ...identity(order),
    ...amounts(order),
    billingAddress: address(order.billing_address),
    shippingAddress: address(order.shipping_address),
    customer: customer(order),
    taxLines: order.tax_lines.map(taxNode),
    discountApplications: list(
      order.discount_applications.map((application, index) => discountNode(application, index, order)),
    ),
    lineItems: list(order.line_items.map(line => lineNode(line, order))),
    shippingLines: list(order.shipping_lines.map(line => shippingNode(line, order))),
    refunds: order.refunds.map(refund => refundNode(refund, order)),
    fulfillments: order.fulfillments.map(fulfillmentNode),
  }
}

function identity(order: RestOrder): Record<string, unknown> {
  return {
    id: order.admin_graphql_api_id,
    legacyResourceId: String(order.id),
    name: order.name,
    number: order.number,
    confirmationNumber: order.confirmation_number,
    createdAt: utc(order.created_at),
    processedAt: utc(order.processed_at),
    updatedAt: utc(order.updated_at),
    closedAt: utc(order.closed_at),
    cancelledAt: utc(order.cancelled_at),
    cancelReason: order.cancel_reason?.toUpperCase() ?? null,
    currencyCode: order.currency,
    presentmentCurrencyCode: order.presentment_currency,
    taxesIncluded: order.taxes_included,
    taxExempt: order.tax_exempt,
    dutiesIncluded: order.duties_included,
    estimatedTaxes: order.estimated_taxes,
    test: order.test,
    displayFinancialStatus: order.financial_status.toUpperCase(),
    displayFulfillmentStatus: { fulfilled: 'FULFILLED', partial: 'PARTIALLY_FULFILLED', none: 'UNFULFILLED' }[
      order.fulfillment_status ?? 'none'
    ],
    email: order.email,
    phone: order.phone,
    clientIp: order.browser_ip,
    customerLocale: order.customer_locale,
    sourceName: order.source_name,
    sourceIdentifier: order.source_identifier,
    poNumber: order.po_number,
    note: order.note,
    tags: order.tags === '' ? [] : order.tags.split(', '),
    customAttributes: order.note_attributes.map(({ name, value }) => ({ key: name, value })),
    discountCodes: order.discount_codes.map(({ code }) => code),
    paymentGatewayNames: order.payment_gateway_names,
    retailLocation: order.location_id === null ? null : { legacyResourceId: String(order.location_id) },
    app: { id: `gid://shopify/App/${order.app_id}` },
    merchantOfRecordApp: null,
    purchasingEntity: { __typename: 'Customer' },
  }
}

function amounts(order: RestOrder): Record<string, unknown> {
  const owed: MoneySet = {
    shop_money: { amount: order.total_outstanding, currency_code: order.currency },
    presentment_money: { amount: order.total_outstanding, currency_code: order.currency },
  }
  return {
    totalPriceSet: money(order.total_price_set),
    subtotalPriceSet: money(order.subtotal_price_set),
    totalDiscountsSet: money(order.total_discounts_set),
    totalShippingPriceSet: money(order.total_shipping_price_set),
    totalTaxSet: money(order.total_tax_set),
    totalTipReceivedSet: money(nothingIn(order)),
    totalOutstandingSet: money(owed),
    totalReceivedSet: money(receivedSet(order, owed)),
    currentTotalPriceSet: money(order.current_total_price_set),
    currentSubtotalPriceSet: money(order.current_subtotal_price_set),
    currentTotalDiscountsSet: money(order.current_total_discounts_set),
    currentShippingPriceSet: money(order.current_shipping_price_set),
    currentTotalTaxSet: money(order.current_total_tax_set),
    currentTotalDutiesSet: null,
    originalTotalDutiesSet: null,
    currentTotalAdditionalFeesSet: null,
    originalTotalAdditionalFeesSet: null,
    totalCashRoundingAdjustment: {
      paymentSet: money(order.total_cash_rounding_payment_adjustment_set),
      refundSet: money(order.total_cash_rounding_refund_adjustment_set),
    },
  }
}

/** What is paid of the order as it is now, and what was paid back. */
const receivedSet = (order: RestOrder, owed: MoneySet): MoneySet =>
  moneySet(
    add(minus(pairOf(order.current_total_price_set), pairOf(owed)), ...order.refunds.map(paidBack(order))),
    currenciesOf(order),
  )

const paidBack =
  ({ taxes_included: included }: RestOrder) =>
  ({ transactions, refund_line_items: lines }: Refund): Pair =>
    transactions.length === 0
      ? NOTHING
      : add(
          ...lines.map(line =>
            add(pairOf(line.subtotal_set), included ? NOTHING : pairOf(line.total_tax_set)),
          ),
        )

const nothingIn = (order: RestOrder): MoneySet => ({
  shop_money: { amount: '0', currency_code: order.currency },
  presentment_money: { amount: '0', currency_code: order.presentment_currency },
})

const customer = ({ customer: of }: RestOrder) => ({
  id: of.admin_graphql_api_id,
  legacyResourceId: String(of.id),
  firstName: of.first_name,
  lastName: of.last_name,
  defaultEmailAddress: { emailAddress: of.email },
  defaultPhoneNumber: of.phone === null ? null : { phoneNumber: of.phone },
  locale: 'en',
  note: of.note,
  tags: of.tags === '' ? [] : of.tags.split(', '),
  taxExempt: of.tax_exempt,
  createdAt: utc(of.created_at),
  amountSpent: { amount: '0.0', currencyCode: of.currency },
  defaultAddress: {
    ...address(of.default_address),
    id: `gid://shopify/MailingAddress/${of.default_address.id}?model_name=CustomerAddress`,
  },
})
