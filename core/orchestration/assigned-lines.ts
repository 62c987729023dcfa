import type { Order, Shipment } from '../documents/types.gen.ts'
import { pieceOf, tidy } from './line-pieces.ts'

type Line = Order['lines'][number]

/** Units that the ERP has given to one place. */
interface Assignment {
  lineId?: string
  sku?: string
  location: Shipment['location']
  left: number
}

/**
 * The lines of an order as the ERP gave them to warehouses and vendors: a shipment that it has assigned or sent says from
 * where how many units of a line go, and that counts more than what the channel thought. What is not assigned stays as it
 * is. The pieces of a divided line share its money to the cent.
 */
export function assignedLines(
  { lines, currency }: Pick<Order, 'lines' | 'currency'>,
  shipments: readonly Shipment[],
): Line[] {
  const assignments = shipments
    .filter(({ status, location }) => status !== 'cancelled' && location)
    .flatMap(({ lines: sent, location }): Assignment[] =>
      sent.map(({ lineId, sku, quantity }) => ({ lineId, sku, location, left: quantity })),
    )
  return assignments.length === 0 ? [...lines] : lines.flatMap(line => divided(line, assignments, currency))
}

/** Units that were taken off the order go with its first piece, as they would with the whole line. */
function divided(line: Line, assignments: Assignment[], currency: string): Line[] {
  let open = line.currentQuantity ?? line.quantity
  let at = 0
  const pieces: Line[] = []
  const cut = (units: number, location: Line['location']): void => {
    const to = tidy(at + units + (at === 0 ? line.quantity - open : 0))
    open = tidy(open - units)
    pieces.push({ ...pieceOf(line, { from: at, to, units }, currency), ...(location && { location }) })
    at = to
  }
  for (const assignment of assignments) {
    if (open === 0) break
    if (!concerns(assignment, line) || assignment.left === 0) continue
    const units = Math.min(open, assignment.left)
    assignment.left -= units
    cut(units, assignment.location)
  }
  if (pieces.length === 0) return [line]
  if (open > 0) cut(open, line.location)
  return pieces
}

const concerns = ({ lineId, sku }: Assignment, line: Line): boolean =>
  lineId === undefined ? sku !== undefined && sku === line.sku : lineId === line.externalId
