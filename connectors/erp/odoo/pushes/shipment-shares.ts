import { HubError } from '../../../sdk/index.ts'
import type { Move, Transfer, Wanted } from './shipment-transfers.ts'

/** What of one transfer has left: move → units. */
export interface Share {
  transfer: Transfer
  units: ReadonlyMap<number, number>
}

const isOpen = ({ state }: Transfer): boolean => state !== 'done' && state !== 'cancel'

/**
 * Which transfers a shipment empties, and how far: one alone where it has enough, that of the warehouse first; else one
 * after the other. More than all of them have is refused, with what is too much.
 */
export function sharesOf(
  transfers: readonly Transfer[],
  wanted: readonly Wanted[],
  warehouse: string | undefined,
): Share[] {
  const open = transfers
    .filter(isOpen)
    .toSorted((a, b) => Number(b.warehouse === warehouse) - Number(a.warehouse === warehouse))
  for (const transfer of open) {
    const { shares, missing } = taken([transfer], wanted)
    if (missing.length === 0) return shares
  }
  const { shares, missing } = taken(open, wanted)
  if (missing.length === 0) return shares
  throw new HubError('PARTNER_REFUSED', {
    detail: `More was shipped than Odoo has open: ${missing.map(one => `${one.units} × “${one.shown}”`).join(', ')}.`,
    fingerprint: 'odoo more than open',
  })
}

function taken(
  transfers: readonly Transfer[],
  wanted: readonly Wanted[],
): { shares: Share[]; missing: Wanted[] } {
  const left = new Map(transfers.flatMap(({ moves }) => moves.map(({ id, units }) => [id, units])))
  const used = new Map<number, number>()
  const missing: Wanted[] = []
  for (const one of wanted) {
    const rest = transfers
      .flatMap(({ moves }) => moves)
      .filter(one.fits)
      .reduce((open, move) => open - take(move, open, { left, used }), one.units)
    if (rest > 0) missing.push({ ...one, units: rest })
  }
  const shares = transfers.map(transfer => ({
    transfer,
    units: new Map(transfer.moves.flatMap(({ id }) => (used.has(id) ? [[id, used.get(id)!]] : []))),
  }))
  return { shares: shares.filter(({ units }) => units.size > 0), missing }
}

function take(
  { id }: Move,
  most: number,
  { left, used }: { left: Map<number, number>; used: Map<number, number> },
): number {
  const units = Math.min(left.get(id) ?? 0, most)
  if (units <= 0) return 0
  left.set(id, (left.get(id) ?? 0) - units)
  used.set(id, (used.get(id) ?? 0) + units)
  return units
}

/** Everything that is open: a shipment that tells no lines. */
export const wholeOf = (transfers: readonly Transfer[]): Share[] =>
  transfers
    .filter(isOpen)
    .map(transfer => ({ transfer, units: new Map(transfer.moves.map(({ id, units }) => [id, units])) }))

/** Whether the transfers moved exactly these units. */
export function movedExactly(transfers: readonly Transfer[], wanted: readonly Wanted[]): boolean {
  const all = transfers.flatMap(({ moves }) => moves)
  const { shares, missing } = taken(transfers, wanted)
  const used = new Map(shares.flatMap(({ units }) => [...units]))
  return missing.length === 0 && all.every(({ id, units }) => (used.get(id) ?? 0) === units)
}
