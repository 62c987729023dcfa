import type { PageInfo } from './orders.ts'

/** `available` is what can be sold, `on_hand` what lies there. */
export type QuantityName = 'available' | 'on_hand'

export interface StockItem {
  /** Global id of the inventory item. */
  id: string
  sku: string | null
}

export interface Quantity {
  name: string
  quantity: number
  updatedAt: string | null
}

export interface ItemsBySku {
  inventoryItems: { nodes: StockItem[]; pageInfo: PageInfo }
}

/** Shopify’s search takes words, not equality: what it finds is compared again. */
export const ITEMS_BY_SKU = /* GraphQL */ `
query CrossdockItemsBySku($query: String!, $first: Int!) {
  inventoryItems(first: $first, query: $query) {
    nodes { id sku }
    pageInfo { hasNextPage endCursor }
  }
}`

/** An item with its figures at one location; no level: it is not stocked there. */
export type SeenItem = StockItem & { inventoryLevel: { quantities: Quantity[] } | null }

export interface StockAt {
  nodes: (SeenItem | null)[]
}

export const STOCK_AT = /* GraphQL */ `
query CrossdockStockAt($items: [ID!]!, $location: ID!) {
  nodes(ids: $items) {
    ... on InventoryItem {
      id
      sku
      inventoryLevel(locationId: $location) {
        quantities(names: ["available", "on_hand"]) { name quantity updatedAt }
      }
    }
  }
}`

export interface StockPlaces {
  nodes: ({ inventoryLevels: { nodes: { location: { id: string } }[] } } | null)[]
}

export const STOCK_PLACES = /* GraphQL */ `
query CrossdockStockPlaces($items: [ID!]!) {
  nodes(ids: $items) {
    ... on InventoryItem { inventoryLevels(first: 2) { nodes { location { id } } } }
  }
}`

export interface StockSet {
  set: { userErrors: { code: string | null; field: string[] | null; message: string }[] }
}

/** Since 2026-04 Shopify refuses it without `@idempotent`. */
export const SET_STOCK = /* GraphQL */ `
mutation CrossdockSetStock($input: InventorySetQuantitiesInput!, $key: String!) {
  set: inventorySetQuantities(input: $input) @idempotent(key: $key) {
    userErrors { code field message }
  }
}`
