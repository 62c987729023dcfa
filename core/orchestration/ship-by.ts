import type { Store, StoredDocument } from '../contracts/store.ts'
import type { Telemetry } from '../contracts/telemetry.ts'
import type { Clock } from '../kernel/clock.ts'
import { deliveryId } from '../kernel/ids.ts'
import { formatInstant } from '../kernel/instant.ts'
import { idsOfOrder } from './order-documents.ts'

export interface ShipByDeps {
  store: Pick<Store, 'documents' | 'links' | 'deliveries'>
  clock: Clock
  /** How long before its time an order is called out. */
  aheadMs: number
}

/** An order whose channel was told of no shipment although it is nearly, or already, too late. */
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

/** More than this are counted as this many: by then nobody reads a list. */
export const MOST_SHIP_BY = 500

/** Most urgent first. */
export async function shipByRows({ store, clock, aheadMs }: ShipByDeps): Promise<ShipByRow[]> {
  const now = clock.now()
  const due = await store.documents.due(now + aheadMs, MOST_SHIP_BY)
  const open = due.filter(({ resource, erased }) => resource === 'order' && !erased)
  const told = await Promise.all(open.map(order => isShipmentConfirmed(store, order)))
  return open.filter((_, index) => !told[index]).map(order => rowOf(order, now))
}

/** The channel itself takes a while to say so in the order. */
async function isShipmentConfirmed(store: ShipByDeps['store'], order: StoredDocument): Promise<boolean> {
  const shipments = await idsOfOrder(store, order.id, 'shipment')
  const deliveries = await Promise.all(
    shipments.map(shipment => store.deliveries.get(deliveryId(shipment, order.connection))),
  )
  return deliveries.some(delivery => (delivery?.confirmedRevision ?? 0) > 0)
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
  for (const { document, connection, shipBy, late } of await shipByRows(deps)) {
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
