import { HubError } from '../../../sdk/index.ts'
import type { QuantityName } from '../operations/stock.ts'

/** What is read of a canonical inventory document. */
export interface StockDocument {
  sku?: string
  location?: { externalId?: string; code?: string; name?: string }
  available?: number
  onHand?: number
  tracked?: boolean
}

export interface StockFigure {
  name: QuantityName
  quantity: number
}

/** Shopify counts whole units and takes none below zero: what is oversold cannot be sold. */
export function stockFigure({ available, onHand, tracked }: StockDocument): StockFigure {
  if (tracked === false) throw skipped('The source does not count this item.')
  if (available !== undefined) return { name: 'available', quantity: whole(available) }
  if (onHand !== undefined) return { name: 'on_hand', quantity: whole(onHand) }
  throw skipped('The document has neither available units nor units on hand.')
}

const whole = (units: number): number => Math.max(0, Math.floor(units))

const skipped = (detail: string): HubError => new HubError('SOURCE_SKIPPED', { detail })
