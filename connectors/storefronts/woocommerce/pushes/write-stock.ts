import { errorFor, HubError, type PushOperation, sendBegun } from '../../../sdk/index.ts'
import { responses } from '../responses.ts'
import type { Article, Shop } from './find-article.ts'

/**
 * `inventory_delta` is added to what stands there while the product is saved. The reference does not name it; all versions
 * of the products and variations controllers of wc/v2 and wc/v3 take it.
 */
export type StockChange = { inventory_delta: number } | { manage_stock: true; stock_quantity: number }

export interface StockWrite {
  operation: PushOperation
  article: Article
  change: StockChange
}

export interface Written {
  status: number
  /** What the shop shows now. */
  shown: number
}

interface Updated {
  id?: number
  stock_quantity?: number | string | null
  error?: { code?: string; data?: { status?: number } }
}

/** WooCommerce takes 100, and saves them one after the other while we wait. */
const MOST = 50

/** Products go together in one batch, the variations of a product in another. */
export const writeStock = ({ api, context }: Shop, write: StockWrite): Promise<Written> =>
  context.together<StockWrite, Written>(write, {
    name: `stock of ${placeOf(write)}`,
    max: MOST,
    send: writes =>
      sendBegun(writes, async begun => {
        const { status, body } = await api.call<{ update?: Updated[] } | undefined>({
          method: 'POST',
          path: `${placeOf(write)}/batch`,
          body: { update: begun.map(({ article: { id }, change }) => ({ id, ...change })) },
          safeToRepeat: begun.every(({ change }) => !('inventory_delta' in change)),
        })
        return begun.map((_, index) => writtenOf(body?.update?.[index], status, context.now()))
      }),
  })

const placeOf = ({ article: { parent_id: parent, type } }: StockWrite): string =>
  type === 'variation' && parent ? `/products/${parent}/variations` : '/products'

/** In the order of the batch, each with its record or its own error. */
function writtenOf(updated: Updated | undefined, status: number, now: number): Written | HubError {
  if (updated?.error) {
    const { error } = updated
    return errorFor(responses, { status: error.data?.status ?? 400, headers: {}, body: error }, now)
  }
  const shown = Number(updated?.stock_quantity ?? Number.NaN)
  if (Number.isFinite(shown)) return { status, shown }
  return new HubError('PARTNER_ANSWER_INVALID', { detail: 'The batch does not answer for every article.' })
}
