import type { FulfillmentNode, OrderToShip } from '../operations/fulfillments.ts'
import { plainId } from './global-id.ts'
import { isLineOf } from './open-lines.ts'
import { numbersOf, type ShipmentDocument, sameNumber } from './shipment-document.ts'

interface Sought {
  shipment: ShipmentDocument
  externalId: string | null
}

/** The fulfilments of the order that are this shipment: the linked one and all that carry one of its numbers. */
export function fulfillmentsOf(order: OrderToShip, { shipment, externalId }: Sought): FulfillmentNode[] {
  const live = liveOf(order)
  const linked = live.filter(({ id }) => externalId !== null && plainId(id) === plainId(externalId))
  const numbered = live.filter(one => !linked.includes(one) && carriesNumber(one, shipment))
  return [...linked, ...numbered]
}

/**
 * One without a number and with just these lines. There is no surer sign where a shipment has no number, or where the
 * merchant shipped by hand; so it is asked for only when a send may have arrived or nothing is left to be shipped.
 */
export const likeliestOf = (order: OrderToShip, shipment: ShipmentDocument): FulfillmentNode | undefined =>
  liveOf(order).find(one => !isNumbered(one) && hasJustTheLines(one, shipment))

const liveOf = ({ fulfillments }: OrderToShip): FulfillmentNode[] =>
  fulfillments.filter(({ status }) => status !== 'CANCELLED')

const isNumbered = ({ trackingInfo }: FulfillmentNode): boolean => trackingInfo.some(({ number }) => number)

/** One number may stand on two shipments of an order that share no line. */
function carriesNumber(fulfillment: FulfillmentNode, shipment: ShipmentDocument): boolean {
  const ours = numbersOf(shipment)
  const { nodes } = fulfillment.fulfillmentLineItems
  return (
    fulfillment.trackingInfo.some(({ number }) => number && ours.some(one => sameNumber(one, number))) &&
    (shipment.lines.length === 0 ||
      nodes.some(({ lineItem }) => shipment.lines.some(line => isLineOf(line, lineItem))))
  )
}

function hasJustTheLines(fulfillment: FulfillmentNode, { lines }: ShipmentDocument): boolean {
  const { nodes } = fulfillment.fulfillmentLineItems
  return (
    lines.length > 0 &&
    nodes.length === lines.length &&
    lines.every(line =>
      nodes.some(({ lineItem, quantity }) => isLineOf(line, lineItem) && quantity === line.quantity),
    )
  )
}
