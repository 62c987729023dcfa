import type { StockCount, StoredDocument } from '../contracts/store.ts'
import type { Inventory } from '../documents/types.gen.ts'

/** What an inventory document counts; null where it names no SKU or counts nothing. */
export function countOf(document: StoredDocument): (StockCount & { sku: string }) | null {
  const {
    sku,
    location,
    available,
    onHand,
    safetyStock = 0,
    tracked,
    countedAt,
  } = document.body as unknown as Inventory
  const units = available ?? onHand
  if (sku === undefined || units === undefined || tracked === false) return null
  return {
    sku,
    source: document.connection,
    location: location?.code ?? location?.externalId ?? location?.name ?? 'default',
    available: units - safetyStock,
    at: trueAt(countedAt, document),
  }
}

/** The source's clock may be ahead of ours, but nothing is told before it is true. */
function trueAt(countedAt: string | undefined, { order, receivedAt }: StoredDocument): number {
  const told = countedAt === undefined ? order.event : Date.parse(countedAt)
  return Math.min(Number.isNaN(told) ? receivedAt : told, receivedAt)
}
