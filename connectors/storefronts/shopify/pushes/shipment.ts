import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../../sdk/index.ts'
import { type AdminApi, adminApi } from '../admin/admin-api.ts'
import {
  CANCEL_FULFILLMENT,
  CREATE_EVENT,
  CREATE_FULFILLMENT,
  type Done,
  type FulfillmentNode,
  type OneOrderToShip,
  ORDER_TO_SHIP,
  type OrderToShip,
  UPDATE_TRACKING,
} from '../operations/fulfillments.ts'
import { settingsOf } from '../settings.ts'
import { fulfillmentsOf, likeliestOf } from './find-fulfillment.ts'
import { globalId, plainId } from './global-id.ts'
import { canShip, type LinesInput, linesToShip } from './open-lines.ts'
import { refused, refuseUserErrors } from './refused.ts'
import type { ShipmentDocument } from './shipment-document.ts'
import { missingEvents } from './shipment-events.ts'
import { tellsSame, trackingOf } from './tracking.ts'

/** Nothing has left: there is nothing to tell the buyer yet. */
const NOT_LEFT = ['pending', 'ready', 'label-created']

/** One shipment on its way to one order of the shop. */
interface Shipping {
  api: AdminApi
  operation: PushOperation
  shipment: ShipmentDocument
  order: OrderToShip
  notify: boolean
}

/**
 * Makes the order’s fulfilments what the shipment says: created, their tracking, what the carrier told, cancelled. Each
 * step looks at what is there, so a try that died half-way goes on where it stood.
 */
export async function pushShipment(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const shipment = operation.body as unknown as ShipmentDocument
  const api = await adminApi(context)
  const order = await orderOf(api, operation)
  const notify = shipment.notifyBuyer ?? settingsOf(context.connection).notifyBuyer
  const shipping: Shipping = { api, operation, shipment, order, notify }
  const { known, missing } = compare(shipping)
  if (shipment.status === 'cancelled') return cancel(shipping, known)
  if (known.length === 0) refuseToBegin(shipping)
  for (const fulfillment of known) await tell(shipping, fulfillment)
  const made = await fulfil(shipping, missing())
  // What was just made has its numbers; its events need the id.
  for (const id of made) await tellEvents(shipping, { ...NEW, id, legacyResourceId: plainId(id) })
  return { externalId: plainId((known[0]?.id ?? made[0])!), status: 200 }
}

interface Compared {
  /** Fulfilments that are this shipment already. */
  known: FulfillmentNode[]
  /** What is still to be made, one list of lines for each fulfilment; throws where the order has no such open line. */
  missing(): LinesInput[][]
}

function compare({ operation, order, shipment }: Shipping): Compared {
  const { externalId, uncertain } = operation
  const sure = fulfillmentsOf(order, { shipment, externalId })
  const of = (known: FulfillmentNode[]): Compared => ({
    known,
    missing: () => linesToShip(order, shipment, known),
  })
  const likeliest = sure.length === 0 && !NOT_LEFT.includes(shipment.status) && likeliestOf(order, shipment)
  return of(likeliest && (uncertain || !canShip(order, shipment)) ? [likeliest] : sure)
}

async function orderOf(api: AdminApi, { body, dependencies }: PushOperation): Promise<OrderToShip> {
  const [linked] = Object.entries(dependencies).filter(([document]) => document.startsWith('order:'))
  const id = linked?.[1] ?? (body as unknown as ShipmentDocument).orderId
  if (!id) throw refused('The shipment does not say to which order it belongs.', 'order')
  const { order } = await api<OneOrderToShip>(ORDER_TO_SHIP, { id: globalId('Order', id) })
  if (!order) throw refused('The shop has no such order, or the app may not see it any more.', 'order')
  return order
}

function refuseToBegin({ shipment, operation, order }: Shipping): void {
  if (NOT_LEFT.includes(shipment.status))
    throw new HubError('SOURCE_SKIPPED', { detail: 'The parcel has not left yet.' })
  const { externalId } = operation
  const cancelled = order.fulfillments.some(
    ({ id, status }) => externalId !== null && plainId(id) === externalId && status === 'CANCELLED',
  )
  // Making it again would write to the buyer again: a person decides.
  if (cancelled) throw refused('The fulfilment was cancelled in the shop.', 'cancelled-in-the-shop')
}

async function cancel({ api, operation }: Shipping, known: readonly FulfillmentNode[]): Promise<PushResult> {
  const externalId = known[0] ? plainId(known[0].id) : operation.externalId
  if (externalId === null)
    throw new HubError('SOURCE_SKIPPED', { detail: 'The shipment was cancelled before the shop had it.' })
  for (const { id } of known) {
    operation.sending()
    const { done } = await api<Done>(CANCEL_FULFILLMENT, { id })
    refuseUserErrors(done.userErrors, 'The cancellation')
  }
  return { externalId, status: 200 }
}

/** Ids of the fulfilments that were missing. */
async function fulfil(shipping: Shipping, missing: readonly LinesInput[][]): Promise<string[]> {
  const { api, operation, shipment, notify } = shipping
  const trackingInfo = trackingOf(shipment)
  const made: string[] = []
  for (const lineItemsByFulfillmentOrder of missing) {
    operation.sending()
    const { done } = await api<Done>(CREATE_FULFILLMENT, {
      fulfillment: {
        lineItemsByFulfillmentOrder,
        notifyCustomer: notify,
        ...(trackingInfo ? { trackingInfo } : {}),
      },
    })
    refuseUserErrors(done.userErrors, 'The fulfilment')
    if (!done.fulfillment)
      throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The answer names no fulfilment.' })
    made.push(done.fulfillment.id)
  }
  return made
}

async function tell(shipping: Shipping, fulfillment: FulfillmentNode): Promise<void> {
  const { api, operation, shipment, notify } = shipping
  const tracking = trackingOf(shipment)
  if (tracking && !tellsSame(fulfillment, tracking)) {
    operation.sending()
    const { done } = await api<Done>(UPDATE_TRACKING, { id: fulfillment.id, tracking, notify })
    refuseUserErrors(done.userErrors, 'The tracking')
  }
  await tellEvents(shipping, fulfillment)
}

/** A fulfilment of which nothing is known yet. */
const NEW: Omit<FulfillmentNode, 'id' | 'legacyResourceId'> = {
  status: 'SUCCESS',
  trackingInfo: [],
  fulfillmentLineItems: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
  events: { nodes: [] },
}

async function tellEvents(
  { api, operation, shipment }: Shipping,
  fulfillment: FulfillmentNode,
): Promise<void> {
  for (const event of missingEvents(shipment, fulfillment)) {
    operation.sending()
    const { done } = await api<Done>(CREATE_EVENT, { event })
    refuseUserErrors(done.userErrors, 'The event')
  }
}
