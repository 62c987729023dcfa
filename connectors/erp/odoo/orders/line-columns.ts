import { externalNames, qualified } from '../external-ids.ts'
import { type Cells, cellOf } from './cells.ts'
import type { WantedLine } from './lines.ts'

export const LINES = 'order_line/'

/** Columns of the order's lines, the same for each; a repeated load finds a line by its external id. */
export function lineColumns(
  key: string,
  lines: readonly WantedLine[],
  products: ReadonlyMap<string, number>,
): Cells[] {
  const more = [...new Set(lines.flatMap(line => Object.keys(line.more)))]
  return lines.map(line => ({
    [`${LINES}id`]: qualified(externalNames.line(key, line.id)),
    [`${LINES}product_id/.id`]: String(products.get(line.sku)),
    [`${LINES}name`]: line.name,
    [`${LINES}product_uom_qty`]: String(line.quantity),
    [`${LINES}price_unit`]: line.price,
    // A pricelist would give one of its own.
    [`${LINES}discount`]: '0',
    // An empty cell says that there is none; without the column Odoo takes the article's.
    [`${LINES}tax_ids/.id`]: line.taxes.join(),
    ...Object.fromEntries(more.map(column => [`${LINES}${column}`, cellOf(line.more[column])])),
  }))
}

/** Name of the field that a column writes. */
export const fieldOf = (column: string): string => column.replace(LINES, '').replace(/\/\.?id$/, '')
