import type { StockItem, Store, StoredDocument } from '../contracts/store.ts'
import type { Inventory } from '../documents/types.gen.ts'
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
    const reading = told && readingOf(told, sku)
    if (reading) readings.set(channel, reading)
  }
  return readings
}

/**
 * What a channel just told of an item, by itself: null where its document is not the one under which the ledger's figure is
 * known there, or says nothing of units.
 */
export async function readingIn(
  { links }: Pick<Store, 'links'>,
  rule: StockRule,
  document: StoredDocument,
): Promise<(Reading & { sku: string }) | null> {
  const { connection: channel, tenant, externalId } = document
  const { sku } = document.body as unknown as Inventory
  if (document.resource !== 'inventory' || !rule.channels[channel] || sku === undefined) return null
  const link = await links.get(idOf(tenant, sku, channel), channel)
  return link?.externalId === externalId ? readingOf(document, sku) : null
}

function readingOf(document: StoredDocument, sku: string): (Reading & { sku: string }) | null {
  const count = countOf(document, sku)
  return count && { sku, quantity: Math.max(0, count.available), at: count.at }
}
