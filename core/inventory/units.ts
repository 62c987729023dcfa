import type { StoredDocument } from '../contracts/store.ts'
import type { Order, OrderLine } from '../documents/types.gen.ts'
import type { StockRule } from './rule.ts'

/** What an order wants of one item. */
export interface OrderUnits {
  quantity: number
  /** Not as parts of bundles. */
  direct: number
  /** All of them have left. */
  shipped?: boolean
}

/** Units by SKU that an order wants by now, its bundles by their components and as themselves; 0 where it gave up all. */
export function unitsOf({ body }: Pick<StoredDocument, 'body'>, rule: StockRule): Map<string, OrderUnits> {
  const { lines = [], status, test, fulfilmentStatus } = body as unknown as Partial<Order>
  const units = new Map<string, OrderUnits>()
  if (test) return units
  const add = (sku: string, { quantity, direct, shipped }: Required<OrderUnits>) => {
    const known = units.get(sku) ?? { quantity: 0, direct: 0, shipped: true }
    units.set(sku, {
      quantity: known.quantity + quantity,
      direct: known.direct + direct,
      shipped: known.shipped === true && shipped,
    })
  }
  for (const line of lines) {
    if (line.sku === undefined) continue
    const wanted = status === 'cancelled' ? 0 : wantedOf(line)
    const shipped = fulfilmentStatus === 'fulfilled' || (line.fulfilledQuantity ?? 0) >= wanted
    add(line.sku, { quantity: wanted, direct: wanted, shipped })
    for (const [part, each] of Object.entries(rule.bundles[line.sku] ?? {}))
      add(part, { quantity: wanted * each, direct: 0, shipped })
  }
  return units
}

/**
 * Shipped units count until the source's counts know of them: a till hands goods over long before the ERP hears of it.
 */
const wantedOf = ({ quantity, currentQuantity = quantity, cancelledQuantity = 0 }: OrderLine): number =>
  Math.max(0, Math.ceil(Math.min(currentQuantity, quantity - cancelledQuantity)))
