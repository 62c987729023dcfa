import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../../sdk/index.ts'
import { bigcommerceApi } from '../api.ts'
import { type StockRecord, stockOf } from '../fetch/stock.ts'
import { bigcommerceSettings } from '../settings.ts'

interface Stock {
  sku?: string
  available?: number
}

/**
 * Sets the units of an article at the connection's location: twice is the same as once. The partner keeps a safety stock
 * back from what it sells, so that comes on top. Where it shows the figure already, nothing is written: adjustments send
 * webhooks.
 */
export async function pushInventory(
  operation: PushOperation,
  context: ConnectorContext,
): Promise<PushResult> {
  const { sku, available } = operation.body as Stock
  if (!sku || typeof available !== 'number')
    throw refused('BigCommerce needs `sku` and `available`.', 'stock')
  const api = bigcommerceApi(context)
  const { locationId } = bigcommerceSettings(context.connection)
  const records = (await stockOf(api, { 'sku:in': sku })).filter(record => record.sku === sku)
  const record = records.find(({ location_id: id }) => id === locationId)
  const variant = (record ?? records[0])?.variant_id
  if (variant === undefined) throw refused('The SKU is no article of the store.', 'sku')
  if (records.some(({ variant_id: id }) => id !== variant))
    throw refused('The SKU is that of several articles.', 'sku')
  const externalId = `${variant}@${locationId}`
  if (record?.['available_to_sell'] === available) return { externalId, status: 200 }
  operation.sending()
  const { status } = await api.call({
    method: 'PUT',
    path: '/v3/inventory/adjustments/absolute',
    body: {
      reason: 'Crossdock',
      items: [{ location_id: locationId, variant_id: variant, quantity: available + safetyOf(record) }],
    },
    safeToRepeat: true,
  })
  return { externalId, status }
}

function safetyOf(record: StockRecord | undefined): number {
  const { safety_stock: units } = Object(record?.['settings']) as { safety_stock?: unknown }
  return typeof units === 'number' && units > 0 ? units : 0
}

const refused = (detail: string, fingerprint: string): HubError =>
  new HubError('PARTNER_REFUSED', { detail, fingerprint })
