import type { Order, OrderLine, Shipment } from '../documents/types.gen.ts'

/** Nothing has left, or does not go any more. */
const NOT_LEFT: ReadonlySet<Shipment['status']> = new Set(['pending', 'ready', 'label-created', 'cancelled'])

/**
 * Whether the shipments that the channel knows of are all that the order wants. Counted in units over all lines, because
 * warehouses call lines and items as they like; a shipment that names no lines is the whole order.
 */
export function isAllShipped({ lines = [] }: Partial<Order>, known: readonly Shipment[]): boolean {
  const left = known.filter(({ status }) => !NOT_LEFT.has(status))
  if (left.some(shipment => shipment.lines.length === 0)) return true
  const told = sum(left.flatMap(shipment => shipment.lines.map(({ quantity }) => quantity)))
  const stated = sum(lines.map(({ fulfilledQuantity = 0 }) => fulfilledQuantity))
  const wanted = sum(lines.filter(needsShipping).map(wantedOf))
  // Of an order that names no lines yet, nobody knows what it wants.
  return lines.length > 0 ? Math.max(told, stated) >= wanted : told > 0
}

export const needsShipping = ({ requiresShipping, kind }: OrderLine): boolean =>
  requiresShipping ?? (kind !== 'gift-card' && kind !== 'service')

const wantedOf = ({ quantity, currentQuantity = quantity, cancelledQuantity = 0 }: OrderLine): number =>
  Math.max(0, Math.min(currentQuantity, quantity - cancelledQuantity))

const sum = (units: readonly number[]): number => units.reduce((total, one) => total + one, 0)
