import type { Assortment } from './assortment.ts'
import type { Channel } from './channel.ts'
import type { Units } from './stock-in-odoo.ts'

/** Looks at every shelf all the time, by the most that Odoo ever had to sell of an article. */
export interface ShelfWatch {
  /** So much there is from now on; what there was stays the measure of what still shows it. */
  there(units: Units): void
  /** What was shown beyond what there was. */
  readonly overshown: ReadonlySet<string>
  stop(): void
}

const LOOK_MS = 50

interface Watched {
  channels: readonly Channel[]
  assortment: Assortment
}

export function watchShelves({ channels, assortment }: Watched): ShelfWatch {
  const most = new Map<string, number>()
  const overshown = new Set<string>()
  function look(): void {
    for (const [sku, units] of most) {
      const shown = channels.map(({ id, shelf }) => ({ id, units: shelf.shows(sku) }))
      for (const one of shown)
        if (one.units > units) overshown.add(`${one.id} showed ${one.units} of ${units} ${sku}`)
      const sum = shown.reduce((all, one) => all + one.units, 0)
      if (assortment.scarce.includes(sku) && sum > units)
        overshown.add(`all together showed ${sum} of ${units} ${sku}`)
    }
  }
  const timer = setInterval(look, LOOK_MS)
  return {
    there(units) {
      for (const [sku, count] of units) most.set(sku, Math.max(count, most.get(sku) ?? 0))
    },
    overshown,
    stop: () => clearInterval(timer),
  }
}
