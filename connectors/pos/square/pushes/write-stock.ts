import { type PushOperation, sendBegun, sendInHalves } from '../../../sdk/index.ts'
import { type Count, type CountedAt, unitsIn } from './find-article.ts'
import type { Square } from './find-location.ts'
import { idempotencyKey } from './idempotency-key.ts'

/** So many units more or less, or a count as it was at a time. */
export type StockChange = { add: number } | { count: number; readAt: number }

export interface StockWrite extends CountedAt {
  operation: PushOperation
  change: StockChange
}

export interface Written {
  status: number
  /** What Square counts now. */
  counted: number | null
}

/** https://developer.squareup.com/reference/square/inventory-api/batch-change-inventory */
const MOST = 100

/** Square refuses a batch as a whole. */
export const writeStock = (square: Square, write: StockWrite): Promise<Written> =>
  square.context.together<StockWrite, Written>(write, {
    name: 'stock',
    max: MOST,
    send: writes => sendBegun(writes, begun => sendInHalves(begun, some => changeAll(square, some))),
  })

async function changeAll({ api, context }: Square, writes: readonly StockWrite[]): Promise<Written[]> {
  const changes = writes.map(write => changeOf(write, context.now()))
  const [{ operation }] = writes as [StockWrite]
  const { status, body } = await api.call<{ counts?: Count[] }>({
    method: 'POST',
    path: '/inventory/changes/batch-create',
    body: {
      idempotency_key: idempotencyKey(operation, JSON.stringify([changes, writes.map(keyOf)])),
      changes,
      ignore_unchanged_counts: true,
    },
    safeToRepeat: true,
  })
  return writes.map(write => ({ status, counted: unitsIn(body.counts ?? [], write) }))
}

const keyOf = ({ operation: { idempotencyKey: key, revision } }: StockWrite) => [key, revision]

/** Lost units go as waste, as Square itself writes a count that is lower; more units are received. */
function changeOf({ article, at, change }: StockWrite, now: number): Record<string, unknown> {
  const of = { catalog_object_id: article, location_id: at }
  if ('count' in change) {
    const occurred = new Date(change.readAt).toISOString()
    const count = { ...of, state: 'IN_STOCK', quantity: String(change.count), occurred_at: occurred }
    return { type: 'PHYSICAL_COUNT', physical_count: count }
  }
  const states =
    change.add > 0
      ? { from_state: 'NONE', to_state: 'IN_STOCK' }
      : { from_state: 'IN_STOCK', to_state: 'WASTE' }
  const quantity = String(Math.abs(change.add))
  return {
    type: 'ADJUSTMENT',
    adjustment: { ...of, ...states, quantity, occurred_at: new Date(now).toISOString() },
  }
}
