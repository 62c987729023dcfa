import {
  type Api,
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
} from '../../../sdk/index.ts'
import { bigcommerceApi, every, fetchOne, fetchV2 } from '../api.ts'
import { bigcommerceSettings } from '../settings.ts'
import { bare, markOf, type Parcel, type ShownParcel, shownParcel } from './parcel.ts'
import { itemsOf, type OrderProduct, type ShippedLine } from './shipped-items.ts'

interface ShipmentBody {
  status?: string
  orderId?: string
  lines?: ShippedLine[]
  packages?: Parcel[]
}

type StoreShipment = { id: number } & Partial<ShownParcel>

const COMPLETED = 10
const SHIPPED = 2

/**
 * Makes the order show the shipment. There is no idempotency key: the order's shipments are always looked at first, and one
 * with our mark or our tracking number is taken over. BigCommerce moves the order to (partially) shipped by itself.
 */
export async function pushShipment(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const api = bigcommerceApi(context)
  const order = `/v2/orders/${orderIdOf(operation)}`
  const body = operation.body as ShipmentBody
  const shown = shownParcel(operation.key, body.packages)
  const all = await every(page => fetchV2<StoreShipment>(api, { path: `${order}/shipments` }, page))
  const known = knownAmong(all, operation, shown)
  const result =
    body.status === 'cancelled'
      ? await remove(api, operation, { order, known })
      : known
        ? await change(api, operation, { order, known, shown })
        : await create(api, operation, { order, shown })
  if (bigcommerceSettings(context.connection).completeOrders) await complete(api, operation, order)
  return result
}

function knownAmong(
  all: readonly StoreShipment[],
  { key, externalId }: PushOperation,
  { tracking_number: number }: ShownParcel,
): StoreShipment | undefined {
  return (
    all.find(({ id }) => String(id) === externalId) ??
    all.find(({ comments }) => comments?.includes(markOf(key))) ??
    (number ? all.find(one => bare(one.tracking_number ?? '') === bare(number)) : undefined)
  )
}

async function create(
  api: Api,
  operation: PushOperation,
  { order, shown }: { order: string; shown: ShownParcel },
): Promise<PushResult> {
  const products = await every(page => fetchV2<OrderProduct>(api, { path: `${order}/products` }, page))
  const items = itemsOf((operation.body as ShipmentBody).lines, products)
  operation.sending()
  const { status, body } = await api.call<{ id?: number }>({
    method: 'POST',
    path: `${order}/shipments`,
    body: { ...shown, ...items },
  })
  if (typeof body?.id === 'number') return { externalId: String(body.id), status }
  throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The answer names no shipment.' })
}

interface Known {
  order: string
  known: StoreShipment
  shown: ShownParcel
}

/** Items of a shipment cannot change; what the buyer follows it by can. */
async function change(
  api: Api,
  operation: PushOperation,
  { order, known, shown }: Known,
): Promise<PushResult> {
  const externalId = String(known.id)
  const { comments, ...facts } = shown
  const wanted = known.comments?.includes(markOf(operation.key)) ? { ...facts, comments } : facts
  const isThere = Object.entries(wanted).every(
    ([name, value]) => (known[name as keyof ShownParcel] ?? '') === value,
  )
  if (isThere) return { externalId, status: 200 }
  operation.sending()
  const path = `${order}/shipments/${externalId}`
  const { status } = await api.call({ method: 'PUT', path, body: wanted, safeToRepeat: true })
  return { externalId, status }
}

async function remove(
  api: Api,
  operation: PushOperation,
  { order, known }: { order: string; known: StoreShipment | undefined },
): Promise<PushResult> {
  if (!known)
    throw new HubError('SOURCE_SKIPPED', { detail: 'The shipment was cancelled before the store had it.' })
  operation.sending()
  const { status } = await api.call({ method: 'DELETE', path: `${order}/shipments/${known.id}` })
  return { externalId: String(known.id), status }
}

async function complete(api: Api, operation: PushOperation, order: string): Promise<void> {
  const { status_id: status } = await fetchOne(api, { path: order })
  if (status !== SHIPPED) return
  operation.sending()
  await api.call({ method: 'PUT', path: order, body: { status_id: COMPLETED }, safeToRepeat: true })
}

function orderIdOf({ dependencies, body }: PushOperation): string {
  const id = Object.values(dependencies)[0] ?? body['orderId']
  if (typeof id === 'string' && /^\d+$/.test(id)) return id
  throw new HubError('PARTNER_REFUSED', {
    detail: 'The shipment names no order of this store.',
    fingerprint: 'order',
  })
}
