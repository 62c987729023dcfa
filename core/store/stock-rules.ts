import type { StockFilter, StockItem } from '../contracts/store.ts'

/** As stored: an item that is not to be looked at again has no `nextAt`, so that only those are found that have one. */
export type StockRecord = Omit<StockItem, 'nextAt'> & { nextAt?: number }

export type Reduce = (item: StockItem | null) => StockItem | null

/** What becomes of the item; null: nothing. Its id and version are the store's, whatever `reduce` says. */
export function reduceStock(stored: StockRecord | null, id: string, reduce: Reduce): StockRecord | null {
  const item = reduce(stored && visibleStock(stored))
  if (!item) return null
  return { ...item, id, version: (stored?.version ?? 0) + 1, nextAt: item.nextAt ?? undefined }
}

export const visibleStock = (record: StockRecord): StockItem => ({ ...record, nextAt: record.nextAt ?? null })

/** What a list of items sorts by, and its cursor holds: the members that the filter leaves open. */
export function openMembers({ tenant, sku }: StockFilter): ('tenant' | 'sku')[] {
  if (sku !== undefined) return ['tenant']
  return tenant !== undefined ? ['sku'] : ['tenant', 'sku']
}
