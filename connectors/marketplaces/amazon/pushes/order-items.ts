import { HubError } from '../../../sdk/index.ts'
import type { Order2026 } from '../orders/fetch-order.ts'

export interface ShipmentLine {
  lineId?: string
  sku?: string
  quantity: number
}

export interface ConfirmedItem {
  orderItemId: string
  quantity: number
}

/**
 * The order's items that a parcel holds: by the item's own id where the line has it, else by SKU, filled up in the order's
 * own sequence. Without lines, all of the order. A line that fits no item is an error, never left out.
 */
export function itemsOf(order: Order2026, lines: readonly ShipmentLine[] | undefined): ConfirmedItem[] {
  const items = order.orderItems ?? []
  if (!lines || lines.length === 0)
    return items
      .filter(({ quantityOrdered }) => quantityOrdered > 0)
      .map(({ orderItemId, quantityOrdered }) => ({ orderItemId, quantity: quantityOrdered }))
  const taken = new Map<string, number>()
  for (const line of lines) take(items, line, taken)
  return [...taken].map(([orderItemId, quantity]) => ({ orderItemId, quantity }))
}

function take(
  items: NonNullable<Order2026['orderItems']>,
  line: ShipmentLine,
  taken: Map<string, number>,
): void {
  const byId = items.filter(({ orderItemId }) => orderItemId === line.lineId)
  const fitting =
    byId.length > 0 ? byId : items.filter(({ product }) => line.sku && product?.sellerSku === line.sku)
  let left = line.quantity
  for (const { orderItemId, quantityOrdered } of fitting) {
    const had = taken.get(orderItemId) ?? 0
    const part = Math.min(left, quantityOrdered - had)
    if (part <= 0) continue
    taken.set(orderItemId, had + part)
    left -= part
  }
  if (left > 0)
    throw new HubError('PARTNER_REFUSED', {
      detail: `The order has no item for ${left} of SKU “${line.sku ?? line.lineId ?? ''}”.`,
      fingerprint: 'items',
    })
}
