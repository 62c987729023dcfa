import {
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
  withoutUnseen,
} from '../../../sdk/index.ts'
import { wooApi } from '../woo-api.ts'
import { type Article, findArticle } from './find-article.ts'
import { type StockChange, writeStock } from './write-stock.ts'

interface Stock {
  sku?: string
  available?: number
}

/** The shop as a place: WooCommerce knows one stock. As in the identity of its own mapping. */
const SHOP = 'shop'

/**
 * Makes the shop show so many units of an article. Where the hub knows what it shows (`expected`), what is missing from
 * that was sold and is not given back, and the difference to the figure just read is added or taken off: a sale that comes
 * between counts, too. `found` follows from the figure that the shop answers with. Where nothing is known, or the shop
 * counts nothing yet, the figure is set. Where it stands already, nothing is written: each write of a product sends
 * webhooks and empties caches.
 */
export async function pushInventory(
  operation: PushOperation,
  context: ConnectorContext,
): Promise<PushResult> {
  const { sku, available } = operation.body as Stock
  if (!sku || typeof available !== 'number')
    throw new HubError('PARTNER_REFUSED', {
      detail: 'WooCommerce needs `sku` and `available`.',
      fingerprint: 'stock',
    })
  const shop = { api: wooApi(context), context }
  const article = await findArticle(shop, sku)
  const externalId = `${article.id}@${SHOP}`
  const found = shownBy(article)
  const to = found === null ? available : withoutUnseen(available, { expected: operation.expected, found })
  if (found === to) return { externalId, status: 200, found }
  const change = changeOf({ found, to, known: operation.expected !== undefined })
  const { status, shown } = await writeStock(shop, { operation, article, change })
  const before = 'inventory_delta' in change ? shown - change.inventory_delta : found
  return { externalId, status, ...(before === null ? {} : { found: before }) }
}

const shownBy = ({ manage_stock: counts, stock_quantity: units }: Article): number | null =>
  counts === true && units !== null && units !== undefined ? Number(units) : null

const changeOf = ({ found, to, known }: { found: number | null; to: number; known: boolean }): StockChange =>
  known && found !== null ? { inventory_delta: to - found } : { manage_stock: true, stock_quantity: to }
