import type { PageInfo } from './orders.ts'

export interface SubscriptionNode {
  id: string
  /** As in `ORDERS_CREATE`. */
  topic: string
  uri: string
  format: string
  filter: string | null
  includeFields: string[]
}

export interface SubscriptionsPage {
  webhookSubscriptions: { nodes: SubscriptionNode[]; pageInfo: PageInfo }
}

export const SUBSCRIPTIONS = /* GraphQL */ `
query CrossdockWebhooks($after: String) {
  webhookSubscriptions(first: 100, after: $after) {
    nodes { id topic uri format filter includeFields }
    pageInfo { hasNextPage endCursor }
  }
}`

export interface Saved {
  saved: { userErrors: { field: string[] | null; message: string }[] }
}

export const CREATE_SUBSCRIPTION = /* GraphQL */ `
mutation CrossdockSubscribe($topic: WebhookSubscriptionTopic!, $webhookSubscription: WebhookSubscriptionInput!) {
  saved: webhookSubscriptionCreate(topic: $topic, webhookSubscription: $webhookSubscription) {
    userErrors { field message }
  }
}`

export const UPDATE_SUBSCRIPTION = /* GraphQL */ `
mutation CrossdockResubscribe($id: ID!, $webhookSubscription: WebhookSubscriptionInput!) {
  saved: webhookSubscriptionUpdate(id: $id, webhookSubscription: $webhookSubscription) {
    userErrors { field message }
  }
}`
