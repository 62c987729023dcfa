import type { StockCount, StoredDocument } from '../contracts/store.ts'
import type { Inventory } from '../documents/types.gen.ts'

/** What an inventory document counts, of the SKU that it is known to be about; null where nobody knows it or nothing is counted. */
export function countOf(
  document: StoredDocument,
  sku: string | undefined,
): (StockCount & { sku: string }) | null {
  const {
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
    ...(available === undefined && { onHand: true as const }),
  }
}

/** The source's clock may be ahead of ours, but nothing is told before it is true. */
function trueAt(countedAt: string | undefined, { order, receivedAt }: StoredDocument): number {
  const told = countedAt === undefined ? order.event : Date.parse(countedAt)
  return Math.min(Number.isNaN(told) ? receivedAt : told, receivedAt)
}
