export interface Sharing<Row, Wanted> {
  /** Whether the wanted line may be of this row. */
  isOf(wanted: Wanted, row: Row): boolean
  /** Units of the row that are still to be had. */
  openOf(row: Row): number
  unitsOf(wanted: Wanted): number
}

/** So many units of a wanted line, after the first `from` of them, are of a row. */
export interface Share<Wanted> {
  wanted: Wanted
  from: number
  units: number
}

export interface Shared<Row, Wanted> {
  /** In the order of the rows; those that nothing is of are left out. */
  rows: { row: Row; units: number; shares: Share<Wanted>[] }[]
  /** Lines for which the rows have too few units. */
  left: { wanted: Wanted; units: number }[]
}

/**
 * Which rows of an order the lines of a shipment or return are, and how many units of each: one item may stand on several
 * rows, and a row may be shipped in parts. First come, first served.
 */
export function shareOut<Row, Wanted>(
  rows: readonly Row[],
  wanted: readonly Wanted[],
  { isOf, openOf, unitsOf }: Sharing<Row, Wanted>,
): Shared<Row, Wanted> {
  const takers = rows.map(row => ({ row, open: openOf(row), shares: [] as Share<Wanted>[] }))
  const left: Shared<Row, Wanted>['left'] = []
  for (const line of wanted) {
    const all = unitsOf(line)
    let from = 0
    for (const taker of takers) {
      const units = Math.min(all - from, taker.open)
      if (units <= 0 || !isOf(line, taker.row)) continue
      taker.open -= units
      taker.shares.push({ wanted: line, from, units })
      from += units
    }
    if (from < all) left.push({ wanted: line, units: all - from })
  }
  const taken = takers
    .filter(({ shares }) => shares.length > 0)
    .map(({ row, shares }) => ({ row, shares, units: shares.reduce((sum, { units }) => sum + units, 0) }))
  return { rows: taken, left }
}
