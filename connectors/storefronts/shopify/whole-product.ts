import { HubError, pagesOf } from '../../sdk/index.ts'
import type { AdminApi } from './admin/admin-api.ts'
import type { NodePage } from './operations/orders.ts'
import {
  MORE_MEDIA,
  MORE_VARIANTS,
  type MoreOfProduct,
  type ProductNode,
  type ShopFacts,
} from './operations/products.ts'
import { shopTime } from './shop-time.ts'

/** The product with all variants and pictures, and with what only the shop knows: currency and time zone. */
export async function wholeProduct(api: AdminApi, node: ProductNode, shop: ShopFacts): Promise<ProductNode> {
  const { id, variants, media } = node
  return {
    ...node,
    variants: await whole(api, variants, { id, operation: MORE_VARIANTS }),
    media: await whole(api, media, { id, operation: MORE_MEDIA }),
    currencyCode: shop.currencyCode,
    localCreatedAt: shopTime(shop.ianaTimezone, Date.parse(node.createdAt)),
  }
}

async function whole(
  api: AdminApi,
  first: NodePage,
  of: { id: string; operation: string },
): Promise<NodePage> {
  const nodes = [...first.nodes]
  if (first.pageInfo.hasNextPage) {
    const rest = pagesOf(after => more(api, after, of), { after: first.pageInfo.endCursor })
    for await (const { items } of rest) nodes.push(...items)
  }
  return { nodes, pageInfo: { hasNextPage: false, endCursor: null } }
}

async function more(
  api: AdminApi,
  after: string | null,
  { id, operation }: { id: string; operation: string },
) {
  const { product } = await api<MoreOfProduct>(operation, { id, after })
  if (!product)
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The product vanished while it was read.' })
  const { nodes, pageInfo } = product.more
  return { items: nodes, next: pageInfo.hasNextPage ? pageInfo.endCursor : null }
}
