import { type Assortment, allowed, SPLIT_BELOW } from './assortment.ts'
import type { Channel } from './channel.ts'
import type { Units } from './stock-in-odoo.ts'

interface Shelves {
  channels: readonly Channel[]
  assortment: Assortment
  free: Units
}

/** What the channels do not show as Odoo's free units and their rules have it; each entry names the article and both figures. */
export const compareShelves = ({ channels, assortment, free }: Shelves): string[] =>
  [...free].flatMap(([sku, units]) => {
    const shown = channels.map(({ id, shelf }) => ({
      ...{ id, units: shelf.shows(sku), most: allowed(assortment.rules.get(id)!, units) },
    }))
    if (units > SPLIT_BELOW)
      return shown
        .filter(one => one.units !== one.most)
        .map(one => `${one.id} shows ${one.units} instead of ${one.most} of ${units} ${sku}`)
    const sum = shown.reduce((all, one) => all + one.units, 0)
    const tooMany = shown
      .filter(one => one.units > one.most)
      .map(one => `${one.id} ${one.units} of ${one.most}`)
    const off = sum === units ? [] : [`all together ${sum}`]
    return [...off, ...tooMany].map(what => `${what}: ${units} ${sku} are free`)
  })
