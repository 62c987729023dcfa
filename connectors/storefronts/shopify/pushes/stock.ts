import { createHash } from 'node:crypto'
import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../../sdk/index.ts'
import { type AdminApi, adminApi } from '../admin/admin-api.ts'
import { type Quantity, SET_STOCK, type StockSet } from '../operations/stock.ts'
import { settingsOf } from '../settings.ts'
import { findStock, readStock, type StockPlace } from './find-stock.ts'
import { plainId } from './global-id.ts'
import { refuseUserErrors } from './refused.ts'
import { type StockFigure, stockFigure } from './stock-figure.ts'

/** A figure that buyers change this often while we look is left for the next attempt. */
const MAX_TRIES = 5

/** Somebody was faster, or an earlier try of the same change failed: what stands there is read again. */
const AGAIN = new Set([
  'CHANGE_FROM_QUANTITY_STALE',
  'COMPARE_QUANTITY_STALE',
  'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED',
])

/**
 * Compare and swap: the figure is written only over the one that was just read, so a sale in between is not undone.
 * Looks first, so what has arrived is not written again.
 */
export async function pushStock(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const figure = stockFigure(operation.body)
  const api = await adminApi(context)
  const { body, externalId } = operation
  const place = await findStock(api, { body, externalId, settings: settingsOf(context.connection) })
  const link = `${plainId(place.item)}@${plainId(place.location)}`
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const current = await readStock(api, place, figure.name)
    if (current.quantity === figure.quantity) return { externalId: link, status: 200 }
    operation.sending()
    if (await swap(api, { operation, place, figure, current, tries }))
      return { externalId: link, status: 200 }
  }
  throw new HubError('PARTNER_CONFLICT', {
    detail: `The figure changed ${MAX_TRIES} times while it was written.`,
    status: 200,
  })
}

interface Swap {
  operation: PushOperation
  place: StockPlace
  figure: StockFigure
  current: Quantity
  tries: number
}

/** False: read again. */
async function swap(api: AdminApi, of: Swap): Promise<boolean> {
  const { figure, place, current } = of
  const { set } = await api<StockSet>(SET_STOCK, {
    key: keyOf(of),
    input: {
      name: figure.name,
      reason: 'correction',
      quantities: [
        {
          inventoryItemId: place.item,
          locationId: place.location,
          quantity: figure.quantity,
          changeFromQuantity: current.quantity,
        },
      ],
    },
  })
  const code = set.userErrors[0]?.code
  if (code && AGAIN.has(code)) return false
  if (code === 'IDEMPOTENCY_CONCURRENT_REQUEST')
    throw new HubError('PARTNER_CONFLICT', { detail: 'The same change is still under way.', status: 200 })
  refuseUserErrors(set.userErrors, 'The stock')
  return true
}

/**
 * One key for one change. When the figure last changed is part of it: the same change made again later (5 → 4, a sale
 * cancelled, 5 → 4) would otherwise be answered from Shopify’s memory and not be made.
 */
function keyOf({ operation, place, figure, current, tries }: Swap): string {
  const { quantity: from, updatedAt } = current
  const parts = [operation.idempotencyKey, place, figure, from, updatedAt, tries]
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}
