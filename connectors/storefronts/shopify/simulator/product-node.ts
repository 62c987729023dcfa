import { list, utc } from './node-values.ts'

/** A product as the shop keeps it: REST’s words, with what only REST of old told of a variant. */
export type RestProduct = { id: number; updated_at: string } & Record<string, unknown>

type Part = Record<string, unknown>

const partsOf = (value: unknown): Part[] => (Array.isArray(value) ? (value as Part[]) : [])
const time = (value: unknown): string | null => (typeof value === 'string' ? utc(value) : null)
const orNull = (value: unknown): unknown => value ?? null

/** The same product in GraphQL's words. */
export function productNode(product: RestProduct): Record<string, unknown> {
  const category = product['category'] as { full_name?: string } | undefined
  return {
    id: `gid://shopify/Product/${product.id}`,
    title: orNull(product['title']),
    descriptionHtml: product['body_html'] ?? '',
    handle: orNull(product['handle']),
    vendor: product['vendor'] ?? '',
    productType: product['product_type'] ?? '',
    category: category ? { fullName: category.full_name } : null,
    status: String(product['status'] ?? 'active').toUpperCase(),
    tags: String(product['tags'] ?? '')
      .split(',')
      .map(tag => tag.trim())
      .filter(Boolean),
    createdAt: time(product['created_at'] ?? product.updated_at),
    updatedAt: time(product.updated_at),
    publishedAt: time(product['published_at']),
    options: partsOf(product['options']).map(option => ({
      id: `gid://shopify/ProductOption/${String(option['id'])}`,
      ...{ name: option['name'], position: option['position'], values: option['values'] },
    })),
    variants: list(partsOf(product['variants']).map(variant => variantNode(variant, product))),
    media: list(partsOf(product['images']).map(imageNode)),
  }
}

function variantNode(variant: Part, product: RestProduct): Record<string, unknown> {
  const names = partsOf(product['options']).map(({ name }) => name)
  const values = [variant['option1'], variant['option2'], variant['option3']]
  return {
    id: `gid://shopify/ProductVariant/${String(variant['id'])}`,
    ...{ sku: orNull(variant['sku']), title: variant['title'], barcode: orNull(variant['barcode']) },
    position: orNull(variant['position']),
    selectedOptions: names.flatMap((name, index) => (values[index] ? { name, value: values[index] } : [])),
    ...{ price: variant['price'], compareAtPrice: orNull(variant['compare_at_price']) },
    taxable: variant['taxable'] ?? true,
    inventoryPolicy: String(variant['inventory_policy'] ?? 'deny').toUpperCase(),
    inventoryQuantity: variant['inventory_quantity'] ?? 0,
    inventoryItem: {
      id: `gid://shopify/InventoryItem/${String(variant['inventory_item_id'])}`,
      tracked: variant['inventory_management'] !== null,
      requiresShipping: variant['requires_shipping'] ?? true,
      harmonizedSystemCode: null,
      countryCodeOfOrigin: null,
      measurement: { weight: { value: variant['grams'] ?? 0, unit: 'GRAMS' } },
    },
    createdAt: time(variant['created_at'] ?? product.updated_at),
    updatedAt: time(variant['updated_at'] ?? product.updated_at),
  }
}

const imageNode = (image: Part) => ({
  __typename: 'MediaImage',
  id: `gid://shopify/MediaImage/${String(image['id'])}`,
  alt: orNull(image['alt']),
  image: { url: image['src'] },
})
