import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../../sdk/index.ts'
import { memberOf, squareApi } from '../api.ts'
import {
  type Fulfillment,
  fulfillmentFor,
  isClosed,
  type ShipmentBody,
  shows,
  wantedFulfillment,
} from './fulfillment.ts'
import { idempotencyKey } from './idempotency-key.ts'

interface Order {
  id: string
  location_id: string
  version?: number
  fulfillments?: Fulfillment[]
}

/**
 * Writes parcel and state into a fulfilment of the order. Square takes an update only with the version that was read, so
 * nothing of others is lost; who comes second reads again.
 */
export async function pushShipment(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const api = squareApi(context)
  const path = `/orders/${encodeURIComponent(orderIdOf(operation))}`
  const { body: read, status } = await api.call<{ order?: Order }>({ path })
  const order = memberOf(read, 'order')
  const shipment = operation.body as unknown as ShipmentBody
  const known = fulfillmentFor(order.fulfillments ?? [], operation.key, shipment)
  const wanted = wantedFulfillment(operation.key, shipment, known)
  const externalId = `${order.id}/${wanted.uid}`
  if (known && shows(known, wanted)) return { externalId, status }
  if (known && isClosed(known)) throw refused('The fulfilment is closed and shows something else.', 'closed')
  if (order.version === undefined)
    throw refused('Square made this order itself and lets nobody change it.', 'version')
  operation.sending()
  const answer = await api.call({
    method: 'PUT',
    path,
    body: {
      idempotency_key: idempotencyKey(operation, order.version),
      order: { location_id: order.location_id, version: order.version, fulfillments: [wanted] },
    },
    safeToRepeat: true,
  })
  return { externalId, status: answer.status }
}

function orderIdOf({ dependencies, body }: PushOperation): string {
  const id = Object.values(dependencies)[0] ?? body['orderId']
  if (typeof id === 'string' && id !== '') return id
  throw refused('The shipment names no order of Square.', 'order')
}

const refused = (detail: string, fingerprint: string): HubError =>
  new HubError('PARTNER_REFUSED', { detail, fingerprint })
