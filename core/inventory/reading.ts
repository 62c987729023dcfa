import type { StockItem, Store } from '../contracts/store.ts'
import { documentId, documentKey } from '../kernel/ids.ts'
import { countOf } from './count-of.ts'
import { idOf } from './publish.ts'
import type { Reading } from './read.ts'
import type { StockRule } from './rule.ts'

interface Read {
  item: StockItem
  rule: StockRule
}

/**
 * What channels that do not compare last told of an item, by themselves: the inventory document of theirs that has the id
 * under which the ledger's figure is known there. Channels whose stock is neither polled nor told by webhooks have none.
 */
export async function readingsOf(
  store: Pick<Store, 'links' | 'documents'>,
  { item, rule }: Read,
): Promise<Map<string, Reading>> {
  const { tenant, sku, offers } = item
  const blind = Object.keys(rule.channels).filter(channel => {
    const offer = offers[channel]
    return offer?.at !== undefined && !offer.compares && !offer.sent && !offer.parked
  })
  const readings = new Map<string, Reading>()
  for (const channel of blind) {
    const link = await store.links.get(idOf(tenant, sku, channel), channel)
    const told =
      link &&
      (await store.documents.get(documentId('inventory', documentKey(tenant, channel, link.externalId))))
    const count = told && countOf(told, sku)
    if (count) readings.set(channel, { quantity: Math.max(0, count.available), at: count.at })
  }
  return readings
}
