import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Store, StoredDocument } from '../contracts/store.ts'
import type { Telemetry } from '../contracts/telemetry.ts'
import type { Order, Shipment } from '../documents/types.gen.ts'
import type { Clock } from '../kernel/clock.ts'
import { deliveryId } from '../kernel/ids.ts'
import { formatInstant } from '../kernel/instant.ts'
import { documentsOfOrder } from './order-documents.ts'
import { isAllShipped } from './shipped-units.ts'

export interface ShipByDeps {
  store: Pick<Store, 'documents' | 'links' | 'deliveries'>
  clock: Clock
  /** How long before its time an order is called out. */
  aheadMs: number
}

/** An order of which the channel was not told that all has left although it is nearly, or already, too late. */
export interface ShipByRow {
  document: string
  tenant: string
  /** The channel. */
  connection: string
  externalId: string
  number?: string
  /** Epoch milliseconds. */
  shipBy: number
  late: boolean
}

/** More than this of one tenant are counted as this many: by then nobody reads a list. */
export const MOST_SHIP_BY = 500

/** Most urgent first. */
export async function shipByRows(deps: ShipByDeps): Promise<ShipByRow[]> {
  const rows: ShipByRow[] = []
  const counts = new Map<string, number>()
  for await (const row of urgent(deps)) {
    const count = counts.get(row.tenant) ?? 0
    if (count >= MOST_SHIP_BY) continue
    counts.set(row.tenant, count + 1)
    rows.push(row)
  }
  return rows
}

/** All of them: what was shipped and is only not closed yet hides nobody behind it. */
async function* urgent({ store, clock, aheadMs }: ShipByDeps): AsyncGenerator<ShipByRow, void, void> {
  const now = clock.now()
  for await (const page of dueOrders(store, now + aheadMs)) {
    const told = await Promise.all(page.map(order => isChannelTold(store, order)))
    for (const [index, order] of page.entries()) if (!told[index]) yield rowOf(order, now)
  }
}

const PAGE = 100

/** Pages of what is due. Many orders are promised for the same end of a day: then the page grows until it passes them. */
async function* dueOrders(
  { documents }: ShipByDeps['store'],
  before: number,
): AsyncGenerator<StoredDocument[], void, void> {
  let seen = new Set<string>()
  for (let [from, limit] = [0, PAGE]; ; ) {
    // A store in this process answers without a pause: others have their turn, too.
    await nextTurn()
    const page = await documents.due(before, limit, from)
    const fresh = page.filter(({ id }) => !seen.has(id))
    yield fresh.filter(({ resource, erased }) => resource === 'order' && !erased)
    if (page.length < limit) return
    const last = page.at(-1)!.deadline ?? 0
    limit = last === from ? limit * 2 : PAGE
    from = last
    seen = new Set(page.filter(({ deadline }) => deadline === last).map(({ id }) => id))
  }
}

/** The channel itself takes a while to say so in the order. */
async function isChannelTold(store: ShipByDeps['store'], order: StoredDocument): Promise<boolean> {
  const shipments = await documentsOfOrder(store, order.id, 'shipment')
  const deliveries = await Promise.all(
    shipments.map(({ id }) => store.deliveries.get(deliveryId(id, order.connection))),
  )
  const known = shipments.filter(
    ({ connection }, index) =>
      connection === order.connection || (deliveries[index]?.confirmedRevision ?? 0) > 0,
  )
  return isAllShipped(
    order.body as unknown as Order,
    known.map(({ body }) => body as unknown as Shipment),
  )
}

const rowOf = (
  { id, tenant, connection, externalId, number, deadline = 0 }: StoredDocument,
  now: number,
): ShipByRow => ({
  ...{ document: id, tenant, connection, externalId },
  ...(number === undefined ? {} : { number }),
  ...{ shipBy: deadline, late: deadline <= now },
})

/** Calls out each order once for each time that it was promised for. Dying in between calls it out again. */
export async function alertShipBy(deps: ShipByDeps & { telemetry: Telemetry }): Promise<number> {
  const { store, clock, telemetry } = deps
  let alerted = 0
  for await (const { document, connection, shipBy, late } of urgent(deps)) {
    const name = `ship-by:${document}`
    const at = formatInstant(shipBy)
    if ((await store.links.get(name, connection))?.externalId === at) continue
    telemetry.count('ship_by_alerts_total', { connection })
    telemetry.log('warn', 'order must be shipped', { document, connection, shipBy: at, late })
    await store.links.put({ document: name, connection, externalId: at, createdAt: clock.now() })
    alerted += 1
  }
  return alerted
}
