import type { Queue } from '../contracts/queue.ts'
import type { Delivery, StockItem, Store } from '../contracts/store.ts'
import { deliveryTopic, messagePriority } from '../inbox/priority.ts'
import { contentHash } from '../kernel/canonical-json.ts'
import type { Clock } from '../kernel/clock.ts'
import { deliveryId, documentId, documentKey } from '../kernel/ids.ts'
import type { Probe } from '../kernel/probe.ts'
import type { StockRule } from './rule.ts'

/** In place of a connection, as the source of documents that the ledger makes. */
export const OWN_SOURCE = 'stock'

/** In place of a flow, on its deliveries. */
const OWN_FLOW = 'stock'

const RESOURCE = 'inventory'

export interface PublishDeps {
  store: Pick<Store, 'documents' | 'deliveries'>
  queue: Pick<Queue, 'enqueue'>
  clock: Clock
  probe?: Probe
}

export interface Publication {
  item: StockItem
  rule: StockRule
  channel: string
  /** When the message behind it was received. */
  receivedAt: number
  /** Asked for before, long ago: a delivery that waits for its next try is left at that. */
  again: boolean
}

/** The document that the ledger makes of a figure. */
export const idOf = (tenant: string, sku: string, channel: string): string =>
  documentId(RESOURCE, documentKey(tenant, OWN_SOURCE, `${sku}@${channel}`))

/** The SKU that a delivery of the ledger is about. */
export const skuOf = ({ document, tenant, destination }: Delivery): string =>
  document.slice(idOf(tenant, '', '').length - 1, -`@${destination}`.length)

/**
 * Asks for a delivery by the machine that brings everything else: a document with the figure, wanted at its channel. What
 * is sent in the end is the ledger's figure of that moment, so many changes become one write.
 */
export async function publish(deps: PublishDeps, publication: Publication): Promise<void> {
  const { store, queue, clock } = deps
  const { item, rule, channel, receivedAt, again } = publication
  const now = clock.now()
  const id = idOf(item.tenant, item.sku, channel)
  const delivery = deliveryId(id, channel)
  if (again && isUnderWay(await store.deliveries.get(delivery))) return
  const { at } = rule.channels[channel]!
  const externalId = `${item.sku}@${channel}`
  const body = {
    ...{ externalId, channel: OWN_SOURCE, sku: item.sku },
    location: at === undefined ? {} : { externalId: at },
    available: item.offers[channel]!.wanted,
    countedAt: new Date(now).toISOString(),
    // Of two figures of the same millisecond, too, one is the newer.
    attributes: { version: item.version },
  }
  const { document } = await store.documents.upsert(
    {
      ...{ id, resource: RESOURCE, key: documentKey(item.tenant, OWN_SOURCE, externalId) },
      ...{ tenant: item.tenant, connection: OWN_SOURCE, externalId, number: item.sku },
      order: { revision: item.version, event: now, arrival: now },
      ...{ body, hash: contentHash(body), mapping: { id: OWN_SOURCE, version: 1 } },
      ...{ message: '', receivedAt, dependsOn: [] },
    },
    now,
  )
  await deps.probe?.('stock:documented', id)
  const priority = messagePriority(RESOURCE, 'webhook')
  const wanted = await store.deliveries.want(
    {
      ...{ id: delivery, document: id, resource: RESOURCE, tenant: item.tenant, source: OWN_SOURCE },
      ...{ destination: channel, flow: OWN_FLOW, revision: document.revision, receivedAt, priority },
    },
    now,
  )
  await deps.probe?.('stock:wanted', id)
  if (wanted) await queue.enqueue(deliveryTopic(delivery), delivery, { priority })
}

const isUnderWay = (delivery: Delivery | null): boolean =>
  delivery !== null &&
  ['pending', 'waiting', 'held'].includes(delivery.state) &&
  delivery.revision > delivery.confirmedRevision
