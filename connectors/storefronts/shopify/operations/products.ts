import type { NodePage, PageInfo } from './orders.ts'

const PAGE = 'pageInfo { hasNextPage endCursor }'

const VARIANT_FIELDS = `
fragment VariantFields on ProductVariant {
  id
  sku
  title
  barcode
  position
  selectedOptions { name value }
  price
  compareAtPrice
  taxable
  inventoryPolicy
  inventoryQuantity
  inventoryItem {
    id
    tracked
    requiresShipping
    harmonizedSystemCode
    countryCodeOfOrigin
    measurement { weight { value unit } }
  }
  createdAt
  updatedAt
}`

const MEDIA_FIELDS = `
fragment MediaFields on Media { id alt ... on MediaImage { image { url } } }`

const PRODUCT_FIELDS = `
fragment ProductFields on Product {
  id
  title
  descriptionHtml
  handle
  vendor
  productType
  category { fullName }
  status
  tags
  createdAt
  updatedAt
  publishedAt
  options { id name position values }
  variants(first: 50) { nodes { ...VariantFields } ${PAGE} }
  media(first: 20) { nodes { ...MediaFields } ${PAGE} }
}
${VARIANT_FIELDS}
${MEDIA_FIELDS}`

const SHOP = 'shop { ianaTimezone currencyCode }'

/** A product as GraphQL gives it. Only what the connector itself reads has a name here; the mapping reads the rest. */
export interface ProductNode extends Record<string, unknown> {
  id: string
  createdAt: string
  updatedAt: string
  variants: NodePage
  media: NodePage
}

export interface ShopFacts {
  ianaTimezone: string
  currencyCode: string
}

export interface ProductsPage {
  shop: ShopFacts
  products: { nodes: ProductNode[]; pageInfo: PageInfo }
}

export const PRODUCTS = /* GraphQL */ `
query CrossdockProducts($first: Int!, $after: String, $query: String) {
  ${SHOP}
  products(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes { ...ProductFields }
    ${PAGE}
  }
}
${PRODUCT_FIELDS}`

export interface OneProduct {
  shop: ShopFacts
  product: ProductNode | null
}

export const PRODUCT = /* GraphQL */ `
query CrossdockProduct($id: ID!) {
  ${SHOP}
  product(id: $id) { ...ProductFields }
}
${PRODUCT_FIELDS}`

export interface MoreOfProduct {
  product: { more: NodePage } | null
}

export const MORE_VARIANTS = /* GraphQL */ `
query CrossdockProductVariants($id: ID!, $after: String) {
  product(id: $id) { more: variants(first: 100, after: $after) { nodes { ...VariantFields } ${PAGE} } }
}
${VARIANT_FIELDS}`

export const MORE_MEDIA = /* GraphQL */ `
query CrossdockProductMedia($id: ID!, $after: String) {
  product(id: $id) { more: media(first: 100, after: $after) { nodes { ...MediaFields } ${PAGE} } }
}
${MEDIA_FIELDS}`
