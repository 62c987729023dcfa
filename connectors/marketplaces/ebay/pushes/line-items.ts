import { HubError } from '../../../sdk/index.ts'
import type { EbayLine } from '../orders.ts'

export interface ShipmentLine {
  lineId?: string
  sku?: string
  quantity: number
}

export interface ShippedItem {
  lineItemId: string
  quantity: number
}

/**
 * The order's line items that a parcel holds: by eBay's own id where the line has it, else by SKU, filled up in the order's
 * sequence. Without lines, all that is not shipped yet. A line that fits no item is an error, never left out.
 */
export function itemsOf(
  items: readonly EbayLine[] = [],
  lines: readonly ShipmentLine[] | undefined,
): ShippedItem[] {
  if (!lines || lines.length === 0) {
    const open = items.filter(({ lineItemFulfillmentStatus: status }) => status !== 'FULFILLED')
    return (open.length > 0 ? open : items).map(({ lineItemId, quantity }) => ({ lineItemId, quantity }))
  }
  const taken = new Map<string, number>()
  for (const line of lines) take(items, line, taken)
  return [...taken].map(([lineItemId, quantity]) => ({ lineItemId, quantity }))
}

function take(items: readonly EbayLine[], line: ShipmentLine, taken: Map<string, number>): void {
  const byId = items.filter(({ lineItemId }) => lineItemId === line.lineId)
  const fitting = byId.length > 0 ? byId : items.filter(({ sku }) => line.sku && sku === line.sku)
  let left = line.quantity
  for (const { lineItemId, quantity } of fitting) {
    const had = taken.get(lineItemId) ?? 0
    const part = Math.min(left, quantity - had)
    if (part <= 0) continue
    taken.set(lineItemId, had + part)
    left -= part
  }
  if (left > 0)
    throw new HubError('PARTNER_REFUSED', {
      detail: `The order has no line item for ${left} of SKU “${line.sku ?? line.lineId ?? ''}”.`,
      fingerprint: 'items',
    })
}
