import { HubError, type PushOperation } from '../../../sdk/index.ts'

/** What the outgoing mapping makes of a shipment; README tells it member by member. */
export interface ShipmentBody {
  status: string
  /** As its source names it, for the setting `carriers`. */
  carrier?: string
  /** Short code of the warehouse that it left, where the source tells. */
  warehouse?: string
  /** Columns of stock.picking. */
  picking?: Readonly<Record<string, unknown>>
  /** Without any: all that is open. */
  lines?: readonly ShippedLine[]
}

export interface ShippedLine {
  /** Id of the order's line as the outgoing mapping of orders gave it; where that is another one's, `sku` decides. */
  line?: string
  sku?: string
  quantity: number
}

const LEFT: ReadonlySet<string> = new Set([
  ...['shipped', 'in-transit', 'out-for-delivery', 'attempted', 'available-for-pickup', 'delivered'],
])

export const hasLeft = ({ status }: ShipmentBody): boolean => LEFT.has(status)

export function shipmentBody({ body }: PushOperation): ShipmentBody {
  const shipment = body as unknown as ShipmentBody
  if (typeof shipment.status === 'string') return shipment
  throw new HubError('DOCUMENT_INVALID', {
    detail: 'The outgoing mapping gives no `status`.',
    fingerprint: 'odoo shipment',
  })
}

export interface OrderLink {
  /** The sale order. */
  id: number
  /** Key of the order's document. */
  key: string
}

/** The order that the document depends on: the engine has waited for its link. */
export function orderLinkOf({ dependencies, resource }: PushOperation): OrderLink {
  const [found] = Object.entries(dependencies).filter(([id]) => id.startsWith('order:'))
  if (found) return { id: Number(found[1]), key: found[0].slice('order:'.length) }
  throw new HubError('PARTNER_REFUSED', {
    detail: `The ${resource} belongs to no order that Odoo holds.`,
    fingerprint: 'odoo order',
  })
}
