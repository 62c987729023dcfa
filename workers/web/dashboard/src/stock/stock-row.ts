/** An item of the ledger as the API writes it. */
export interface StockRow {
  id: string
  tenant: string
  sku: string
  counted: number
  reserved: number
  counts: { source: string; location: string; available: number; at: string }[]
  /** Orders that hold units. */
  reservations: number
  offers: OfferRow[]
  updatedAt: string
}

export interface OfferRow {
  channel: string
  /** What it ought to show. */
  wanted: number
  /** What it shows; null while nobody knows. */
  shown: number | null
  /** Units that it may have sold without the hub knowing yet. */
  unseen: number
  state: 'shown' | 'waiting' | 'sending' | 'refused'
  drift: { quantity: number; at: string } | null
}

/** The largest figure of an item: all its bars are drawn to this scale, so that lengths compare. */
export const scaleOf = ({ counted, reserved, offers }: StockRow): number =>
  Math.max(1, counted, reserved, ...offers.flatMap(({ wanted, shown }) => [wanted, shown ?? 0]))

/** Orders hold more units than are counted. */
export const isOversold = ({ counts, counted, reserved }: StockRow): boolean =>
  counts.length > 0 && reserved > Math.max(0, counted)
