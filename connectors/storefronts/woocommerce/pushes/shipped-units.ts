/** Units by the id of the order line. */
export type Shipped = Record<string, number>

export interface WooLine {
  id: number
  sku?: string | null
  quantity: number
}

export interface ShippedLine {
  lineId?: string
  sku?: string
  quantity: number
}

/** By the channel's line where the shipment names it, else by SKU: the units go to the lines with it, in their order. */
export function unitsOf(shipped: readonly ShippedLine[] = [], lines: readonly WooLine[] = []): Shipped {
  const units: Shipped = {}
  for (const { lineId, sku, quantity } of shipped) {
    let left = quantity
    const fits = lines.filter(line =>
      lineId ? String(line.id) === lineId : Boolean(sku) && line.sku === sku,
    )
    for (const [index, line] of fits.entries()) {
      const room = Number(line.quantity) - (units[line.id] ?? 0)
      const taken = index === fits.length - 1 ? left : Math.min(left, Math.max(0, room))
      if (taken > 0) units[line.id] = (units[line.id] ?? 0) + taken
      left -= taken
    }
  }
  return units
}

/** Whether all shipments together hold every unit. An order without lines is never complete by itself. */
export function allShipped(lines: readonly WooLine[], shipments: readonly Shipped[]): boolean {
  const sum = (id: number): number => shipments.reduce((units, shipped) => units + (shipped[id] ?? 0), 0)
  return lines.length > 0 && lines.every(({ id, quantity }) => sum(id) >= Number(quantity))
}
