import { type ConnectorContext, formatInstant, type PolledPage, pollChangedSince } from '../../sdk/index.ts'
import { type AdminApi, adminApi } from './admin/admin-api.ts'
import { GRAPHQL_PRODUCT } from './manifest.ts'
import { PRODUCTS, type ProductNode, type ProductsPage } from './operations/products.ts'
import { isTooCostly } from './responses.ts'
import { settingsOf } from './settings.ts'
import { wholeProduct } from './whole-product.ts'

const PAGE_SIZE = 20

/** Products that changed, oldest change first. */
export async function* pollProducts(
  cursor: string | null,
  context: ConnectorContext,
): AsyncGenerator<PolledPage> {
  const api = await adminApi(context)
  const { overlapMs, pollFrom } = settingsOf(context.connection)
  yield* pollChangedSince<ProductNode>({
    ...{ topic: GRAPHQL_PRODUCT, cursor, context, overlapMs },
    from: pollFrom === null ? null : Date.parse(pollFrom),
    fetchPage: pageReader(api),
    idOf: ({ id }) => id,
    changedAt: ({ updatedAt }) => Date.parse(updatedAt),
  })
}

/** Halves its page when Shopify finds the query too dear. */
function pageReader(api: AdminApi) {
  let first = PAGE_SIZE
  return async ({ since, page }: { since: number | null; page: string | null }) => {
    const query = since === null ? null : `updated_at:>='${formatInstant(since)}'`
    for (;;) {
      try {
        const { products, shop } = await api<ProductsPage>(PRODUCTS, { first, after: page, query })
        const items: ProductNode[] = []
        for (const node of products.nodes) items.push(await wholeProduct(api, node, shop))
        const { hasNextPage, endCursor } = products.pageInfo
        return { items, next: hasNextPage ? endCursor : null }
      } catch (error) {
        if (!isTooCostly(error) || first === 1) throw error
        first = Math.ceil(first / 2)
      }
    }
  }
}
