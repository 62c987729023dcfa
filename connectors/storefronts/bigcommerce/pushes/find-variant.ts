import { type ConnectorContext, HubError } from '../../../sdk/index.ts'
import { type StockRecord, stockOf } from '../fetch/stock.ts'
import type { Store } from './write-stock.ts'

/** As many as an address bears. */
const MOST = 50

/** The article with this SKU, and its stock at the location, where it has any there; looked up with others. */
export async function findVariant(
  { api, context, locationId }: Store & { context: ConnectorContext },
  sku: string,
): Promise<{ variant: number; record: StockRecord | undefined }> {
  const records = await context.together<string, StockRecord[]>(sku, {
    name: 'articles by SKU',
    max: MOST,
    async send(skus) {
      const found = await stockOf(api, { 'sku:in': [...new Set(skus)].join(',') })
      return skus.map(one => found.filter(record => record.sku === one))
    },
  })
  const record = records.find(({ location_id: id }) => id === locationId)
  const variant = (record ?? records[0])?.variant_id
  if (variant === undefined) throw refused('The SKU is no article of the store.')
  if (records.some(({ variant_id: id }) => id !== variant))
    throw refused('The SKU is that of several articles.')
  return { variant, record }
}

export function availableIn(record: StockRecord | undefined): number | undefined {
  const units = record?.['available_to_sell']
  return typeof units === 'number' ? units : undefined
}

/** What the store keeps back from what it sells. */
export function safetyOf(record: StockRecord | undefined): number {
  const { safety_stock: units } = Object(record?.['settings']) as { safety_stock?: unknown }
  return typeof units === 'number' && units > 0 ? units : 0
}

const refused = (detail: string): HubError => new HubError('PARTNER_REFUSED', { detail, fingerprint: 'sku' })
