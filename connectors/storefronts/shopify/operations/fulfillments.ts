import type { PageInfo } from './orders.ts'

export interface FulfillmentNode {
  id: string
  legacyResourceId: string
  status: string
  trackingInfo: { company: string | null; number: string | null; url: string | null }[]
  fulfillmentLineItems: { nodes: { lineItem: LineRef; quantity: number }[]; pageInfo: PageInfo }
  events: { nodes: { status: string; happenedAt: string }[] }
}

export interface LineRef {
  id: string
  sku: string | null
}

export interface FulfillmentOrderNode {
  id: string
  /** `OPEN`, `IN_PROGRESS`, `ON_HOLD`, `SCHEDULED`, `CLOSED` … */
  status: string
  assignedLocation: { location: { id: string } | null }
  lineItems: { nodes: { id: string; remainingQuantity: number; lineItem: LineRef }[]; pageInfo: PageInfo }
}

export interface OrderToShip {
  id: string
  fulfillments: FulfillmentNode[]
  fulfillmentOrders: { nodes: FulfillmentOrderNode[]; pageInfo: PageInfo }
}

export interface OneOrderToShip {
  order: OrderToShip | null
}

export const ORDER_TO_SHIP = /* GraphQL */ `
query CrossdockOrderToShip($id: ID!) {
  order(id: $id) {
    id
    fulfillments(first: 50) {
      id
      legacyResourceId
      status
      trackingInfo { company number url }
      fulfillmentLineItems(first: 100) {
        nodes { quantity lineItem { id sku } }
        pageInfo { hasNextPage endCursor }
      }
      events(first: 100) { nodes { status happenedAt } }
    }
    fulfillmentOrders(first: 20) {
      nodes {
        id
        status
        assignedLocation { location { id } }
        lineItems(first: 100) {
          nodes { id remainingQuantity lineItem { id sku } }
          pageInfo { hasNextPage endCursor }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`

export interface Done {
  done: {
    fulfillment?: { id: string; legacyResourceId: string } | null
    userErrors: { field: string[] | null; message: string }[]
  }
}

export const CREATE_FULFILLMENT = /* GraphQL */ `
mutation CrossdockFulfil($fulfillment: FulfillmentInput!) {
  done: fulfillmentCreate(fulfillment: $fulfillment) {
    fulfillment { id legacyResourceId }
    userErrors { field message }
  }
}`

export const CANCEL_FULFILLMENT = /* GraphQL */ `
mutation CrossdockCancelFulfillment($id: ID!) {
  done: fulfillmentCancel(id: $id) { userErrors { field message } }
}`

export const UPDATE_TRACKING = /* GraphQL */ `
mutation CrossdockTracking($id: ID!, $tracking: FulfillmentTrackingInput!, $notify: Boolean) {
  done: fulfillmentTrackingInfoUpdate(fulfillmentId: $id, trackingInfoInput: $tracking, notifyCustomer: $notify) {
    userErrors { field message }
  }
}`

export const CREATE_EVENT = /* GraphQL */ `
mutation CrossdockFulfillmentEvent($event: FulfillmentEventInput!) {
  done: fulfillmentEventCreate(fulfillmentEvent: $event) { userErrors { field message } }
}`
