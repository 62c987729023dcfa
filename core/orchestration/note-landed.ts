import type { Directory } from '../accounts/directory.ts'
import type { Queue } from '../contracts/queue.ts'
import type { Delivery, Store, StoredDocument } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import type { Clock } from '../kernel/clock.ts'
import { noteOrders } from './order-documents.ts'
import type { LineFilters } from './part-for.ts'
import { noteSkus } from './sku-index.ts'

export interface NoteLandedDeps {
  store: Store
  queue: Pick<Queue, 'enqueue'>
  directory: Pick<Directory, 'get'>
  clock: Clock
  lineFilters: LineFilters
  kindOf(connector: string): string
}

/** Told of every document that was stored, before its deliveries are planned. Safe to repeat. */
export type NoteLanded = (document: StoredDocument) => Promise<void>

/** Keeps the indexes by which orders, their documents and products find each other, and lets a new assignment of the ERP take effect. */
export function createNoteLanded(deps: NoteLandedDeps): NoteLanded {
  return async document => {
    const now = deps.clock.now()
    if (document.resource === 'product') return noteSkus(deps.store, document, now)
    await noteOrders(deps.store, document, now)
    if (document.resource === 'shipment' && deps.lineFilters.size > 0) await reassign(deps, document)
  }
}

/** The orders of the shipment are split anew: their deliveries to destinations that take a part are asked again. */
async function reassign(deps: NoteLandedDeps, shipment: StoredDocument): Promise<void> {
  const source = await deps.directory.get(shipment.connection)
  if (!source || deps.kindOf(source.connector) !== 'erp') return
  for (const order of shipment.dependsOn.filter(id => id.startsWith('order:'))) {
    const { items } = await deps.store.deliveries.list({ document: order }, { limit: MOST })
    const parts = items.filter(({ flow }) => deps.lineFilters.has(flow))
    await Promise.all(parts.map(delivery => askAgain(deps, shipment, delivery)))
  }
}

/** An order goes to a handful of destinations. */
const MOST = 200

/** Once for each revision of the shipment: its webhook may come many times. */
async function askAgain(
  { store, queue, clock }: NoteLandedDeps,
  { id, revision }: StoredDocument,
  { id: delivery, state, claims, priority }: Delivery,
): Promise<void> {
  const name = `assigned:${id}`
  const told = await store.links.get(name, delivery)
  if (told?.externalId === String(revision)) return
  const now = clock.now()
  if (state === 'pending' && claims > 0) throw beingDelivered()
  if (ASKED_AGAIN.includes(state)) {
    if (!(await store.deliveries.reopen(delivery, now))) throw beingDelivered()
    await queue.enqueue('deliver', delivery, { priority })
  }
  await store.links.put({
    document: name,
    connection: delivery,
    externalId: String(revision),
    createdAt: now,
  })
}

/** What waits will read the newest anyway; what a person discarded stays so. */
const ASKED_AGAIN: readonly Delivery['state'][] = ['confirmed', 'skipped', 'dead']

const beingDelivered = (): HubError =>
  new HubError('DEPENDENCY_WAIT', { detail: 'Its order is being delivered right now.' })
