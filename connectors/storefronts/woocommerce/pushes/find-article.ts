import { type ConnectorContext, HubError } from '../../../sdk/index.ts'
import type { WooApi } from '../woo-api.ts'

export interface Shop {
  api: WooApi
  context: ConnectorContext
}

/** A product or a variation. */
export interface Article {
  id: number
  parent_id?: number
  type?: string
  sku?: string
  manage_stock?: boolean | 'parent'
  stock_quantity?: number | string | null
}

/** As many as an address bears. */
const MOST = 50

/** The article with this SKU as it stands now; looked up with whatever else is sought at the moment. */
export async function findArticle({ api, context }: Shop, sku: string): Promise<Article> {
  // The filter takes commas for “or”.
  if (sku.includes(',')) throw unknown('has a comma, by which WooCommerce parts SKUs')
  const found = await context.together<string, Article[]>(sku, {
    name: 'articles by SKU',
    max: MOST,
    async send(skus) {
      const articles = await api.list<Article>('/products', { sku: [...new Set(skus)].join(',') })
      return skus.map(one => articles.filter(article => article.sku === one))
    },
  })
  if (found.length === 1 && found[0]) return found[0]
  throw unknown(found.length === 0 ? 'is no article of the shop' : `is that of ${found.length} articles`)
}

const unknown = (why: string): HubError =>
  new HubError('PARTNER_REFUSED', { detail: `The SKU ${why}.`, fingerprint: 'sku' })
