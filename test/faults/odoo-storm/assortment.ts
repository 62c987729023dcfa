import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Channel } from './channel.ts'
import type { Run } from './run.ts'

/** What every channel has on sale, each by a rule of its own. */
export interface Assortment {
  skus: readonly string[]
  /** Of these there are too few to show each channel all. Nobody buys them: they come and go in Odoo alone. */
  scarce: readonly string[]
  rules: ReadonlyMap<string, StockRuleOf>
}

/** As the hub's configuration has it. */
export interface StockRuleOf {
  percent?: number
  buffer?: number
  cap?: number
}

const RULES: readonly StockRuleOf[] = [{}, { percent: 80 }, { buffer: 25 }, { cap: 300 }, { percent: 50 }]

/** Up to so many units are split between the channels. */
export const SPLIT_BELOW = 50

/** Some articles of each channel, on sale at all of them, and two that are scarce. */
export const assortmentOf = (run: Run, channels: readonly Channel[], most: number): Assortment => ({
  skus: channels.flatMap(({ skus }) => skus.slice(0, most)),
  scarce: ['SCARCE-1', 'SCARCE-2'].map(run.sku),
  rules: new Map(channels.map(({ id }, index) => [id, RULES[index]!])),
})

/** As the rule's documentation says. */
export const allowed = (
  { percent = 100, buffer = 0, cap = Number.POSITIVE_INFINITY }: StockRuleOf,
  units: number,
) => Math.max(0, Math.min(Math.floor((units * percent) / 100) - buffer, cap))

/** A folder with an overlay that leaves out the stock of everybody else who works in that Odoo. */
export function ownStockOnly({ skus, scarce }: Assortment): string {
  const folder = mkdtempSync(join(tmpdir(), 'odoo-storm-'))
  const own = JSON.stringify([...skus, ...scarce])
  const overlay = `extends: erp/odoo/inventory\nversion: 1\nskip: '$not(default_code in ${own})'\n`
  writeFileSync(join(folder, 'own-stock.overlay.yaml'), overlay)
  return folder
}
