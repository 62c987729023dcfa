import { BULK_ORDER_FIELDS, LIST_FIELDS } from './order-fields.ts'
import type { OrderNode } from './orders.ts'

/** https://shopify.dev/docs/api/admin-graphql/2026-10/objects/BulkOperation */
export interface BulkOperation {
  id: string
  status: 'CREATED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELING' | 'CANCELED' | 'EXPIRED'
  errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT' | null
  createdAt: string
  /** Signed; for seven days. Null where nothing was found. */
  url: string | null
  /** What a failed one had written by then. */
  partialDataUrl: string | null
}

export interface Count {
  ordersCount: { count: number }
}

export const COUNT = /* GraphQL */ `
query CrossdockOrdersCount($query: String, $limit: Int) {
  ordersCount(query: $query, limit: $limit) { count }
}`

/** Children stand right below their parents (`groupObjects`), so that the file can be read as a stream. */
export const RUN_BULK = /* GraphQL */ `
mutation CrossdockBulkRun($query: String!) {
  run: bulkOperationRunQuery(query: $query, groupObjects: true) {
    bulkOperation { id }
    userErrors { code field message }
  }
}`

export interface BulkRun {
  run: {
    bulkOperation: { id: string } | null
    userErrors: { code: string | null; message: string }[]
  }
}

export interface CurrentBulk {
  current: Pick<BulkOperation, 'id' | 'status'> & { query: string }
}

export const CURRENT_BULK = /* GraphQL */ `
query CrossdockBulkCurrent {
  current: currentBulkOperation { id status query }
}`

export interface OneBulk {
  shop: { ianaTimezone: string }
  operation: BulkOperation | null
}

export const ONE_BULK = /* GraphQL */ `
query CrossdockBulk($id: ID!) {
  shop { ianaTimezone }
  operation: bulkOperation(id: $id) { id status errorCode createdAt url partialDataUrl }
}`

/** Two levels of connections and no variables: https://shopify.dev/docs/api/usage/bulk-operations/queries#operation-restrictions */
export const ordersInBulk = (query: string | null): string =>
  `{ orders${query === null ? '' : `(query: ${JSON.stringify(query)})`} { edges { node { ${BULK_ORDER_FIELDS} } } } }`

export interface OrderLists {
  orders: { nodes: Pick<OrderNode, 'id' | 'updatedAt' | 'refunds' | 'fulfillments'>[] }
}

/** By a list and not by `nodes(ids:)`: a list costs the root of what as many single nodes do. */
export const ORDER_LISTS = /* GraphQL */ `
query CrossdockOrderLists($first: Int!, $query: String!) {
  orders(first: $first, query: $query) { nodes { ...ListFields } }
}
${LIST_FIELDS}`
