import { LINE_FIELDS, ORDER_FIELDS } from './order-fields.ts'

export interface PageInfo {
  hasNextPage: boolean
  endCursor: string | null
}

export interface NodePage {
  nodes: Record<string, unknown>[]
  pageInfo: PageInfo
}

/** An order as GraphQL gives it. Only what the connector itself reads has a name here; the mapping reads the rest. */
export interface OrderNode extends Record<string, unknown> {
  id: string
  createdAt: string
  processedAt: string
  updatedAt: string
  lineItems: NodePage
  shippingLines: NodePage
  refunds: { refundLineItems: NodePage; transactions: NodePage }[]
  fulfillments: { fulfillmentLineItems: NodePage }[]
}

export interface OrdersPage {
  shop: { ianaTimezone: string }
  orders: { nodes: OrderNode[]; pageInfo: PageInfo }
}

export const ORDERS = /* GraphQL */ `
query CrossdockOrders($first: Int!, $after: String, $query: String) {
  shop { ianaTimezone }
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes { ...OrderFields }
    pageInfo { hasNextPage endCursor }
  }
}
${ORDER_FIELDS}`

export interface OneOrder {
  shop: { ianaTimezone: string }
  order: OrderNode | null
}

export const ORDER = /* GraphQL */ `
query CrossdockOrder($id: ID!) {
  shop { ianaTimezone }
  order(id: $id) { ...OrderFields }
}
${ORDER_FIELDS}`

export interface MoreLines {
  order: { lineItems: NodePage } | null
}

export const MORE_LINES = /* GraphQL */ `
query CrossdockOrderLines($id: ID!, $after: String) {
  order(id: $id) {
    lineItems(first: 100, after: $after) { nodes { ...LineFields } pageInfo { hasNextPage endCursor } }
  }
}
${LINE_FIELDS}`
