import { type ConnectorContext, type Decoded, HubError, parseJson, type RawMessage } from '../../sdk/index.ts'
import { spApi } from './api/sp-api.ts'
import { fetchOrder } from './orders/fetch-order.ts'
import { type OrderV0, withItems } from './orders/orders-v0.ts'
import { isJson, memberOf, type Notification, readNotification } from './queue/notification.ts'
import { fetchSettlement, SETTLEMENT_REPORT } from './settlements/fetch-settlement.ts'
import { ORDER_TOPIC, SETTLEMENT } from './topics.ts'

type Json = Record<string, unknown>
type DecodeNotification = (
  notification: Notification,
  context: ConnectorContext,
) => Decoded | Promise<Decoded>

/** From bytes to records: envelopes are opened, thin payloads fetched. */
export async function decode(
  message: RawMessage & { via: string },
  context: ConnectorContext,
): Promise<Decoded> {
  const { topic, body } = message
  if (topic === ORDER_TOPIC['2026-01-01']) return { records: listOf(parseJson(body), 'orders', 'order') }
  if (topic === ORDER_TOPIC.v0) return ordersV0(parseJson(body), context)
  if (topic === SETTLEMENT) return settlement(documentOf(parseJson(body)), context)
  if (topic.includes('/')) return { records: listOf(parseJson(body), 'returns', 'inventorySummaries') }
  const notification = readNotification(body)
  return (NOTIFICATION[notification.type] ?? asItIs)(notification, context)
}

/** An answer of the API holds a list or one record, `payload` around it or not; a polled message is the record itself. */
function listOf(body: unknown, ...names: string[]): unknown[] {
  const inner = isJson(body) && isJson(body['payload']) ? body['payload'] : body
  if (!isJson(inner)) return [inner].flat()
  const name = names.find(candidate => typeof inner[candidate] === 'object' && inner[candidate] !== null)
  return name === undefined ? [inner] : [inner[name]].flat()
}

/** Items have an address of their own: an order that came without them gets them now. */
async function ordersV0(body: unknown, context: ConnectorContext): Promise<Decoded> {
  const records: unknown[] = []
  for (const order of listOf(body, 'Orders'))
    records.push(
      isJson(order) && !order['OrderItems'] && mayBeOpen(order) ? await whole(order, context) : order,
    )
  return { records }
}

/** A pending order has no prices yet: its mapping leaves it out, with or without items. */
const mayBeOpen = (order: Json): boolean => !/^Pending/.test(String(order['OrderStatus']))

const whole = (order: OrderV0, context: ConnectorContext) => withItems(spApi(context), order, undefined)

const asItIs: DecodeNotification = ({ payload, eventTime }) => ({ records: [{ eventTime, ...payload }] })

const NOTIFICATION: Readonly<Record<string, DecodeNotification>> = {
  ORDER_CHANGE: orderChange,
  FBA_INVENTORY_AVAILABILITY_CHANGES: ({ payload, eventTime }) => {
    const { FulfillmentInventoryByMarketplace: places, ...item } = inside(
      payload,
      'fulfillmentInventoryAvailabilityChangeNotification',
    )
    return { records: objects(places).map(place => ({ eventTime, ...item, ...place })) }
  },
  ITEM_INVENTORY_EVENT_CHANGE: ({ payload }) => ({ records: objects(payload['itemInventoryEventChanges']) }),
  FULFILLMENT_ORDER_STATUS: mcfStatus,
  SHIPMENT_TRACKING_MILESTONE_CHANGED: ({ payload, eventTime }) => {
    const { trackingDetail } = inside(payload, 'shipmentTrackingMilestoneChangedNotification')
    return { records: [isJson(trackingDetail) ? { eventTime, ...trackingDetail } : payload] }
  },
  REPORT_PROCESSING_FINISHED: reportFinished,
}

/** Says only that an order changed: the order is fetched whole. */
async function orderChange({ payload }: Notification, context: ConnectorContext): Promise<Decoded> {
  const { AmazonOrderId: camelless, amazonOrderId } = inside(payload, 'orderChangeNotification')
  const orderId = camelless ?? amazonOrderId
  if (typeof orderId !== 'string' || orderId === '')
    throw new HubError('BODY_UNREADABLE', { detail: 'The notification names no order.' })
  const fetched = await fetchOrder(context, orderId)
  if (!fetched) return { skip: 'COVERED_ELSEWHERE', detail: 'The order that changed is no longer there.' }
  return { topic: fetched.topic, records: [fetched.order] }
}

/** Multi-Channel Fulfilment tells of an order's status, of a shipment and of a return by one type; only shipments are ours to map. */
function mcfStatus({ payload, eventTime }: Notification): Decoded {
  const status = inside(payload, 'fulfillmentOrderStatusNotification')
  if (!isJson(status['FulfillmentShipment']))
    return { skip: 'SOURCE_SKIPPED', detail: 'The notification tells of no shipment.' }
  return { records: [{ eventTime, ...status }] }
}

async function reportFinished({ payload }: Notification, context: ConnectorContext): Promise<Decoded> {
  const report = inside(payload, 'reportProcessingFinishedNotification')
  if (report['reportType'] !== SETTLEMENT_REPORT)
    return {
      skip: 'SOURCE_SKIPPED',
      detail: `Report “${String(report['reportType']).slice(0, 80)}” is not read.`,
    }
  if (report['processingStatus'] !== 'DONE')
    return {
      skip: 'SOURCE_SKIPPED',
      detail: `The report ended as ${String(report['processingStatus']).slice(0, 20)}.`,
    }
  return settlement(documentOf(report), context)
}

async function settlement(documentId: string, context: ConnectorContext): Promise<Decoded> {
  return { topic: SETTLEMENT, records: [await fetchSettlement(context, documentId)] }
}

function documentOf(report: unknown): string {
  const id = isJson(report) ? report['reportDocumentId'] : undefined
  if (typeof id === 'string' && id !== '') return id
  throw new HubError('BODY_UNREADABLE', { detail: 'The report names no document.' })
}

/** Some payloads have one member more around them, named after the type; either casing. */
function inside(payload: Json, name: string): Json {
  const inner = memberOf(payload, name)
  return isJson(inner) ? inner : payload
}

const objects = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : [])
