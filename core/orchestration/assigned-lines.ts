import type { Order, Shipment } from '../documents/types.gen.ts'

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
 * where how many units of a line go, and that counts more than what the channel thought. What is not assigned stays as it is.
 */
export function assignedLines(lines: readonly Line[], shipments: readonly Shipment[]): Line[] {
  const assignments = shipments
    .filter(({ status, location }) => status !== 'cancelled' && location)
    .flatMap(({ lines: sent, location }): Assignment[] =>
      sent.map(({ lineId, sku, quantity }) => ({ lineId, sku, location, left: quantity })),
    )
  return assignments.length === 0 ? [...lines] : lines.flatMap(line => divided(line, assignments))
}

function divided(line: Line, assignments: Assignment[]): Line[] {
  let open = line.currentQuantity ?? line.quantity
  const wanted = open
  const parts: Line[] = []
  for (const assignment of assignments) {
    if (open === 0) break
    if (!concerns(assignment, line) || assignment.left === 0) continue
    const units = Math.min(open, assignment.left)
    assignment.left -= units
    open -= units
    parts.push({ ...partOf(line, units, wanted), location: assignment.location })
  }
  if (parts.length === 0) return [line]
  return open > 0 ? [...parts, partOf(line, open, wanted)] : parts
}

const concerns = ({ lineId, sku }: Assignment, line: Line): boolean =>
  lineId === undefined ? sku !== undefined && sku === line.sku : lineId === line.externalId

/** Amounts and counts of a whole line are not true of a part. */
function partOf(line: Line, units: number, wanted: number): Line {
  if (units === wanted) return line
  const {
    currentQuantity: _current,
    fulfillableQuantity: _fulfillable,
    fulfilledQuantity: _fulfilled,
    cancelledQuantity: _cancelled,
    refundedQuantity: _refunded,
    discounts: _discounts,
    discountTotal: _discountTotal,
    taxes: _taxes,
    taxTotal: _taxTotal,
    duties: _duties,
    total: _total,
    ...rest
  } = line
  return { ...rest, quantity: units }
}
