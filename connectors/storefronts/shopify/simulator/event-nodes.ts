import { lineNode } from './line-nodes.ts'
import { list, money, utc } from './node-values.ts'
import type { Fulfillment, Refund, RestOrder, Transaction } from './rest-types.ts'

export const refundNode = (refund: Refund, order: RestOrder) => ({
  id: refund.admin_graphql_api_id,
  legacyResourceId: String(refund.id),
  createdAt: utc(refund.created_at),
  note: refund.note,
  refundLineItems: list(
    refund.refund_line_items.map(item => ({
      id: `gid://shopify/RefundLineItem/${item.id}`,
      lineItem: lineNode(item.line_item, order),
      quantity: item.quantity,
      restockType: item.restock_type.toUpperCase(),
      subtotalSet: money(item.subtotal_set),
      totalTaxSet: money(item.total_tax_set),
      location: { legacyResourceId: String(item.location_id) },
    })),
  ),
  transactions: list(refund.transactions.map(transaction)),
})

/** REST names a transaction's amount in the buyer's currency only. */
const transaction = (of: Transaction) => ({
  id: of.admin_graphql_api_id,
  kind: of.kind.toUpperCase(),
  status: of.status.toUpperCase(),
  gateway: of.gateway,
  amountSet: money({
    shop_money: { amount: of.amount, currency_code: of.currency },
    presentment_money: { amount: of.amount, currency_code: of.currency },
  }),
  parentTransaction: of.parent_id === null ? null : { id: `gid://shopify/OrderTransaction/${of.parent_id}` },
  processedAt: utc(of.processed_at),
  createdAt: utc(of.created_at),
  test: of.test,
})

export const fulfillmentNode = (fulfillment: Fulfillment) => ({
  id: fulfillment.admin_graphql_api_id,
  legacyResourceId: String(fulfillment.id),
  name: fulfillment.name,
  status: fulfillment.status.toUpperCase(),
  displayStatus: fulfillment.shipment_status?.toUpperCase() ?? 'FULFILLED',
  createdAt: utc(fulfillment.created_at),
  updatedAt: utc(fulfillment.updated_at),
  location: { legacyResourceId: String(fulfillment.location_id) },
  trackingInfo: fulfillment.tracking_numbers.map((number, index) => ({
    company: fulfillment.tracking_company,
    number,
    url: fulfillment.tracking_urls[index] ?? null,
  })),
  fulfillmentLineItems: list(
    fulfillment.line_items.map(line => ({
      id: `gid://shopify/FulfillmentLineItem/${line.id}`,
      lineItem: { id: line.admin_graphql_api_id, sku: line.sku, title: line.title },
      quantity: line.quantity,
    })),
  ),
})
