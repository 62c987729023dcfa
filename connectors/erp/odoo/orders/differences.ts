import { externalNames, qualified } from '../external-ids.ts'
import { type Cells, holds } from './cells.ts'
import type { KnownOrder } from './known-order.ts'
import { fieldOf, LINES } from './line-columns.ts'

export interface Differences {
  record: Cells
  lines: readonly Cells[]
  /** Lines that the hub made and nobody wants any more. */
  dropped: readonly number[]
}

/** What an external id names cannot be compared without a look-up: it is written once, with the record. */
const isComparable = (column: string): boolean => column.split('/').at(-1) !== 'id'

/** What has to be written so that Odoo holds the wanted content; empty where it does. */
export function differences(
  key: string,
  wanted: { record: Cells; lines: readonly Cells[] },
  known: KnownOrder,
): Differences {
  const record = Object.entries(wanted.record).filter(
    ([column, cell]) => isComparable(column) && !holds(known.values[fieldOf(column)], cell),
  )
  const lines = wanted.lines.filter(line => {
    const held = known.lines.get(nameIn(line[`${LINES}id`]!))
    return !held || Object.entries(line).some(([column, cell]) => differs(held.values, column, cell))
  })
  const named = new Set(wanted.lines.map(line => nameIn(line[`${LINES}id`]!)))
  const rounding = externalNames.line(key, 'rounding')
  const dropped = [...known.lines]
    .filter(([name, { values }]) => !named.has(name) && name !== rounding && values['product_uom_qty'] !== 0)
    .map(([, { id }]) => id)
  return {
    record: { id: qualified(externalNames.order(key)), ...Object.fromEntries(record) },
    lines,
    dropped,
  }
}

const differs = (values: Readonly<Record<string, unknown>>, column: string, cell: string): boolean =>
  isComparable(column) && !holds(values[fieldOf(column)], cell)

const nameIn = (id: string): string => id.slice(id.indexOf('.') + 1)

export const isEmpty = ({ record, lines, dropped }: Differences): boolean =>
  Object.keys(record).length === 1 && lines.length === 0 && dropped.length === 0
