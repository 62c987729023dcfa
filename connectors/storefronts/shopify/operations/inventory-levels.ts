import type { PageInfo } from './orders.ts'

/** An inventory level as GraphQL gives it. Only what the connector itself reads has a name here; the mapping reads the rest. */
export interface LevelNode extends Record<string, unknown> {
  id: string
  updatedAt: string
}

const LEVEL_FIELDS = `
fragment LevelFields on InventoryLevel {
  id
  updatedAt
  quantities(names: ["available", "on_hand", "committed", "incoming", "damaged", "quality_control", "reserved", "safety_stock"]) {
    name
    quantity
  }
  item { id sku tracked }
  location { id name }
}`

export interface Locations {
  locations: { nodes: { id: string }[]; pageInfo: PageInfo }
}

export const LOCATIONS = /* GraphQL */ `
query CrossdockLocations($after: String) {
  locations(first: 100, after: $after) {
    nodes { id }
    pageInfo { hasNextPage endCursor }
  }
}`

export interface LevelsPage {
  location: { inventoryLevels: { nodes: LevelNode[]; pageInfo: PageInfo } } | null
}

export const LEVELS = /* GraphQL */ `
query CrossdockLevels($location: ID!, $first: Int!, $after: String, $query: String) {
  location(id: $location) {
    inventoryLevels(first: $first, after: $after, query: $query) {
      nodes { ...LevelFields }
      pageInfo { hasNextPage endCursor }
    }
  }
}
${LEVEL_FIELDS}`

export interface OneLevel {
  inventoryLevel: LevelNode | null
}

export const LEVEL = /* GraphQL */ `
query CrossdockLevel($id: ID!) {
  inventoryLevel(id: $id) { ...LevelFields }
}
${LEVEL_FIELDS}`
