import {
  type ApiAnswer,
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
} from '../../../sdk/index.ts'
import { wooSettings } from '../settings.ts'
import { type MetaItem, metaOf, TRACKINGS_KEY, type Tracking, trackingsIn } from '../trackings.ts'
import { type WooApi, wooApi } from '../woo-api.ts'
import { notesFor } from './customer-notes.ts'
import { allShipped, type Shipped, unitsOf, type WooLine } from './shipped-units.ts'
import { isTakenBack, type ShipmentBody, trackingsOfShipment } from './tracking-items.ts'

interface Order {
  id: number
  status: string
  line_items?: WooLine[]
  meta_data?: MetaItem[]
}

/** What the hub has told an order, by the key of the shipment: hidden meta data of the order itself. */
const SHIPPED_KEY = '_crossdock_shipped'

/** Statuses in which a shop waits for goods to leave; statuses of plugins (“picking”) wait as well. */
const NOT_WAITING = new Set([
  'pending',
  'completed',
  'cancelled',
  'refunded',
  'failed',
  'trash',
  'checkout-draft',
])

/**
 * Makes the order show the parcels of the shipment and, once every unit has left, makes it completed. One write of the
 * order holds all of it, so a repetition finds either everything or nothing.
 */
export async function pushShipment(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const api = wooApi(context)
  const settings = wooSettings(context.connection)
  const shipment = operation.body as unknown as ShipmentBody
  const { body: order } = await api.call<Order>({ path: `/orders/${orderIdOf(operation)}` })
  const existing = trackingsIn(order.meta_data)
  const ours = trackingsOfShipment(operation.key, shipment, existing)
  const told = toldIn(order)
  const shipped: Told = {
    ...told,
    [operation.key]: {
      units: isTakenBack(shipment) ? {} : unitsOf(shipment.lines, order.line_items),
      trackings: ours.map(({ tracking_id: id }) => id),
    },
  }
  const change = {
    meta_data: [
      ...(settings.trackingBy === 'plugin'
        ? [meta(order, TRACKINGS_KEY, merged(existing, ours, told[operation.key]))]
        : []),
      meta(order, SHIPPED_KEY, shipped),
    ],
    ...(settings.completeOrders && isComplete(order, shipped) ? { status: 'completed' } : {}),
  }
  const notes = settings.trackingBy === 'note' ? await notesFor(api, order.id, ours) : []
  const externalId = operation.externalId ?? ours[0]?.tracking_id ?? operation.key
  if (notes.length === 0 && isThere(order, change)) return { externalId, status: 200 }

  operation.sending()
  for (const note of notes) await api.call({ method: 'POST', path: `/orders/${order.id}/notes`, body: note })
  const { status } = await written(api, order.id, change)
  return { externalId, status }
}

const written = (api: WooApi, id: number, body: unknown): Promise<ApiAnswer<unknown>> =>
  api.call({ method: 'PUT', path: `/orders/${id}`, body, safeToRepeat: true })

type Told = Record<string, { units: Shipped; trackings: string[] }>

const toldIn = ({ meta_data: metaData }: Order): Told => {
  const value = metaOf(metaData, SHIPPED_KEY)
  // PHP writes an empty object as an empty list.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Told) : {}
}

/** The parcels of others stay; of ours, those that the shipment no longer has go. */
function merged(existing: Tracking[], ours: Tracking[], before: Told[string] | undefined): Tracking[] {
  const replaced = new Set([...(before?.trackings ?? []), ...ours.map(({ tracking_id: id }) => id)])
  return [...existing.filter(({ tracking_id: id }) => !replaced.has(id)), ...ours]
}

function isComplete({ status, line_items: lines = [] }: Order, shipped: Told): boolean {
  return (
    !NOT_WAITING.has(status) &&
    allShipped(
      lines,
      Object.values(shipped).map(({ units }) => units),
    )
  )
}

/** By its id where the order has it: without, some versions add a second entry of the same key. */
function meta({ meta_data: metaData = [] }: Order, key: string, value: unknown): MetaItem {
  const known = metaData.findLast(item => item.key === key)
  return { ...(known?.id === undefined ? {} : { id: known.id }), key, value }
}

const isThere = (
  { meta_data: metaData }: Order,
  change: { meta_data: MetaItem[]; status?: string },
): boolean =>
  change.status === undefined &&
  change.meta_data.every(({ key, value }) => JSON.stringify(metaOf(metaData, key)) === JSON.stringify(value))

function orderIdOf({ dependencies, body }: PushOperation): string {
  const id = Object.values(dependencies)[0] ?? body['orderId']
  if (typeof id === 'string' && /^\d+$/.test(id)) return id
  throw new HubError('PARTNER_REFUSED', {
    detail: 'The shipment names no order of this shop.',
    fingerprint: 'order',
  })
}
