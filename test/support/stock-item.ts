import type { StockItem, Store } from '#core/contracts/store.ts'
import { newItem } from '#core/inventory/ledger.ts'

/** Ten counted, two of them held by an order; one shop shows what it ought to, the other not yet. */
export async function storeItem(
  store: Pick<Store, 'stock'>,
  { tenant = 'acme', sku = 'BOOT-42', ...over }: Partial<StockItem> = {},
): Promise<StockItem> {
  const item: StockItem = {
    ...newItem(tenant, sku, 1_000),
    counts: [{ source: 'acme-erp', location: 'Hamburg', available: 10, at: 1_000 }],
    reservations: [
      { order: 'order:acme:acme-shopify:1', channel: 'acme-shopify', quantity: 2, at: 1_000, endsAt: 9_000 },
    ],
    offers: {
      'acme-shopify': { wanted: 4, ceiling: 4, shown: 4, at: 1_000, compares: true },
      'acme-ebay': { wanted: 4, ceiling: 6, shown: 6, at: 1_000, unseen: { quantity: 1, until: 9_000 } },
    },
    ...over,
  }
  return (await store.stock.change(item.id, () => item)).item!
}
