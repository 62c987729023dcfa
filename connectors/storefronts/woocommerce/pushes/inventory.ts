import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../../sdk/index.ts'
import { type WooApi, wooApi } from '../woo-api.ts'

interface Stock {
  sku?: string
  available?: number
}

interface Item {
  id: number
  parent_id?: number
  type?: string
  sku?: string
  manage_stock?: boolean | 'parent'
  stock_quantity?: number | string | null
}

/** The shop as a place: WooCommerce knows one stock. As in the identity of its own mapping. */
const SHOP = 'shop'

/**
 * Sets the units of an article to a figure, which twice is the same as once. Where the shop shows that figure already,
 * nothing is written: each write of a product sends webhooks and empties caches.
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
  const api = wooApi(context)
  const item = await itemOf(api, sku)
  const externalId = `${item.id}@${SHOP}`
  if (item.manage_stock === true && Number(item.stock_quantity) === available)
    return { externalId, status: 200 }
  operation.sending()
  const { status } = await api.call({
    method: 'PUT',
    path: pathOf(item),
    body: { manage_stock: true, stock_quantity: available },
    safeToRepeat: true,
  })
  return { externalId, status }
}

/** The article with this SKU now; the filter takes commas for “or”. */
async function itemOf(api: WooApi, sku: string): Promise<Item> {
  if (sku.includes(',')) throw unknown('has a comma, by which WooCommerce parts SKUs')
  const found = (await api.list<Item>('/products', { sku })).filter(item => item.sku === sku)
  if (found.length === 1 && found[0]) return found[0]
  throw unknown(found.length === 0 ? 'is no article of the shop' : `is that of ${found.length} articles`)
}

const unknown = (why: string): HubError =>
  new HubError('PARTNER_REFUSED', { detail: `The SKU ${why}.`, fingerprint: 'sku' })

const pathOf = ({ id, parent_id: parent, type }: Item): string =>
  type === 'variation' && parent ? `/products/${parent}/variations/${id}` : `/products/${id}`
