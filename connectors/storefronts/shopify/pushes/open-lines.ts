import type {
  FulfillmentNode,
  FulfillmentOrderNode,
  LineRef,
  OrderToShip,
} from '../operations/fulfillments.ts'
import { plainId } from './global-id.ts'
import { refused } from './refused.ts'
import type { ShipmentDocument, ShipmentLine } from './shipment-document.ts'

/** `FulfillmentOrderLineItemsInput`. */
export interface LinesInput {
  fulfillmentOrderId: string
  fulfillmentOrderLineItems: { id: string; quantity: number }[]
}

export const isLineOf = ({ lineId, sku }: ShipmentLine, { id, sku: theirs }: LineRef): boolean =>
  (lineId !== undefined && plainId(lineId) === plainId(id)) ||
  (sku !== undefined && sku === theirs?.trim().normalize('NFC'))

/** States in which Shopify lets units be shipped. */
const OPEN = ['OPEN', 'IN_PROGRESS']

/**
 * The units that are still to be shipped, taken from the order’s open fulfilment orders; one list per location, because
 * Shopify makes one fulfilment for one location. A shipment without lines is everything that is open.
 */
export function linesToShip(
  order: OrderToShip,
  shipment: ShipmentDocument,
  shipped: readonly FulfillmentNode[],
): LinesInput[][] {
  const open = order.fulfillmentOrders.nodes.filter(({ status }) => OPEN.includes(status))
  if (shipment.lines.length === 0) return shipped.length > 0 ? [] : everything(order, open)
  const taken = new Map<string, number>()
  const picked: Picked[] = []
  for (const line of unshipped(shipment, shipped)) picked.push(...pick(line, { open, taken, order }))
  return byLocation(picked)
}

/** Whether the order has all of it open. */
export function canShip(order: OrderToShip, shipment: ShipmentDocument): boolean {
  try {
    return linesToShip(order, shipment, []).length > 0
  } catch {
    return false
  }
}

interface Picked {
  from: FulfillmentOrderNode
  id: string
  quantity: number
}

/** What earlier tries put into fulfilments of this shipment is done. */
function unshipped({ lines }: ShipmentDocument, shipped: readonly FulfillmentNode[]): ShipmentLine[] {
  const done = shipped.flatMap(({ fulfillmentLineItems }) =>
    fulfillmentLineItems.nodes.map(node => ({ ...node })),
  )
  return lines.flatMap(line => {
    let { quantity } = line
    for (const node of done.filter(({ lineItem }) => isLineOf(line, lineItem))) {
      const covered = Math.min(quantity, node.quantity)
      node.quantity -= covered
      quantity -= covered
    }
    return quantity > 0 ? { ...line, quantity } : []
  })
}

interface Pick {
  open: readonly FulfillmentOrderNode[]
  /** Units taken so far, by line of a fulfilment order. */
  taken: Map<string, number>
  order: OrderToShip
}

function pick(line: ShipmentLine, { open, taken, order }: Pick): Picked[] {
  const picked: Picked[] = []
  let missing = line.quantity
  for (const from of open) {
    for (const { id, remainingQuantity, lineItem } of from.lineItems.nodes) {
      const quantity = Math.min(missing, remainingQuantity - (taken.get(id) ?? 0))
      if (quantity <= 0 || !isLineOf(line, lineItem)) continue
      taken.set(id, (taken.get(id) ?? 0) + quantity)
      picked.push({ from, id, quantity })
      missing -= quantity
    }
  }
  if (missing > 0) throw notOpen(line, missing, order)
  return picked
}

/** Says why, because the merchant has to act in the shop. */
function notOpen(line: ShipmentLine, missing: number, { fulfillmentOrders }: OrderToShip) {
  const what = line.sku ? `SKU “${line.sku}”` : `line ${line.lineId ?? 'without an id'}`
  const there = fulfillmentOrders.nodes.filter(({ lineItems }) =>
    lineItems.nodes.some(({ lineItem }) => isLineOf(line, lineItem)),
  )
  const held = there.find(({ status }) => status === 'ON_HOLD' || status === 'SCHEDULED')
  if (held)
    return refused(
      `${what} is ${held.status === 'ON_HOLD' ? 'on hold' : 'scheduled'} in the shop.`,
      held.status,
    )
  if (there.length > 0)
    return refused(
      `${missing} of ${what} are not open any more: shipped or taken off the order.`,
      'line-not-open',
    )
  const cut = [fulfillmentOrders, ...fulfillmentOrders.nodes.map(({ lineItems }) => lineItems)]
  if (cut.some(({ pageInfo }) => pageInfo.hasNextPage))
    return refused(
      `${what} is not among the first lines of the order, and Shopify gives no more.`,
      'order-cut',
    )
  return refused(`The order has no ${what}.`, 'line-unknown')
}

function everything(order: OrderToShip, open: readonly FulfillmentOrderNode[]): LinesInput[][] {
  const picked = open.flatMap(from =>
    from.lineItems.nodes
      .filter(({ remainingQuantity }) => remainingQuantity > 0)
      .map(({ id, remainingQuantity }) => ({ from, id, quantity: remainingQuantity })),
  )
  if (picked.length === 0)
    throw refused(
      order.fulfillmentOrders.nodes.length === 0
        ? 'The hub sees no fulfilment orders of the order: the app lacks the scope for them.'
        : 'Nothing of the order is open any more.',
      'nothing-open',
    )
  return byLocation(picked)
}

function byLocation(picked: readonly Picked[]): LinesInput[][] {
  const places = Map.groupBy(picked, ({ from }) => from.assignedLocation.location?.id ?? '')
  return [...places.values()].map(items =>
    [...Map.groupBy(items, ({ from }) => from.id)].map(([fulfillmentOrderId, lines]) => ({
      fulfillmentOrderId,
      fulfillmentOrderLineItems: lines.map(({ id, quantity }) => ({ id, quantity })),
    })),
  )
}
