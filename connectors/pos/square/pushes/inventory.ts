import {
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
  withoutUnseen,
} from '../../../sdk/index.ts'
import { squareApi } from '../api.ts'
import { countOf, findArticle } from './find-article.ts'
import { findLocation, type Place } from './find-location.ts'
import { type StockChange, writeStock } from './write-stock.ts'

interface Stock {
  sku?: string
  available?: number
  location?: Place
}

/**
 * Makes Square count so many units of an article at a location. Where the hub knows what it counts (`expected`), what is
 * missing from that was sold and is not given back, and the difference to the count just read is received or written off:
 * a sale that comes between counts, too, even one that a till tells later. `found` follows from the count that Square
 * answers with. Where nothing is known, it is a physical count, taken when the count was read: Square takes off what was
 * sold after that. Where it counts so many already, nothing is written.
 */
export async function pushInventory(
  operation: PushOperation,
  context: ConnectorContext,
): Promise<PushResult> {
  const { sku, available, location } = operation.body as Stock
  if (!sku || typeof available !== 'number')
    throw new HubError('PARTNER_REFUSED', {
      detail: 'Square needs `sku` and `available`.',
      fingerprint: 'stock',
    })
  const square = { api: squareApi(context), context }
  const at = await findLocation(square, location)
  const article = await findArticle(square, { sku, externalId: operation.externalId })
  // As in the identity of the mapping of counts: the hub knows its own echo by it.
  const externalId = `${article}@${at}`
  const readAt = context.now()
  const found = await countOf(square, { article, at })
  // Square counts in five decimals, and never below zero.
  const units = Math.max(0, Number(available.toFixed(5)))
  const { expected } = operation
  const to = found === null ? units : withoutUnseen(units, { expected, found })
  if (found === to) return { externalId, status: 200, found }
  const change: StockChange =
    expected !== undefined && found !== null
      ? { add: Number((to - found).toFixed(5)) }
      : { count: to, readAt }
  const { status, counted } = await writeStock(square, { operation, article, at, change })
  const before = 'add' in change && counted !== null ? Number((counted - change.add).toFixed(5)) : found
  return { externalId, status, ...(before === null ? {} : { found: before }) }
}
