import type { OdooClient } from '../../support/odoo-client.ts'
import type { Assortment } from './assortment.ts'
import { count, onHandIn, type Units } from './stock-in-odoo.ts'
import type { ShelfWatch } from './watch-shelves.ts'

/** Of each scarce article, before anybody counts. */
export const SCARCE_UNITS = 30

interface Taking {
  odoo: OdooClient
  assortment: Assortment
  random: () => number
  watch: ShelfWatch
}

/** What people in the warehouse count and enter in Odoo while orders come in: always something else than they find there. */
export function stockTakes({ odoo, assortment, random, watch }: Taking) {
  async function take(skus: readonly string[], scarce: number): Promise<void> {
    const there = await onHandIn(odoo, skus)
    const counted: Units = new Map([
      ...[...there].map(([sku, units]) => [sku, units + Math.round(random() * 80) - 50] as const),
      ...assortment.scarce.map(sku => [sku, scarce] as const),
    ])
    watch.there(counted)
    await count(odoo, counted)
  }
  return {
    /** Of every second article, and less of the scarce ones. */
    some: () =>
      take(
        assortment.skus.filter((_, index) => index % 2 === 0),
        12,
      ),
    /** Of all, and some more of the scarce ones: later than every order that Odoo holds, so that no figure waits any longer. */
    all: () => take(assortment.skus, 21),
  }
}
