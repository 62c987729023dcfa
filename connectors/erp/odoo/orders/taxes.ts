import { toScaled } from '../../../sdk/index.ts'
import { ambiguous, type MasterData, missing, type SalesTax } from '../master-data.ts'
import type { OdooSettings } from '../settings.ts'
import type { LineBody, TaxBody } from './body.ts'

/** Taxes of Odoo that stand for those of the channel. */
export interface LineTaxes {
  ids: readonly number[]
  /** Per cent in all, and whether Odoo's price has it inside. */
  rate: number
  included: boolean
}

const NONE: LineTaxes = { ids: [], rate: 0, included: false }

export interface TaxWorld {
  settings: Pick<OdooSettings, 'taxes' | 'taxRates'>
  master: Pick<MasterData, 'taxes'>
  /** The channel's prices have their tax inside. */
  included: boolean
}

/** Tax that the merchant owes: what a marketplace remits itself is none of Odoo's taxes. */
export const ownTaxes = (taxes: LineBody['taxes'] = []): readonly TaxBody[] =>
  taxes.filter(({ channelLiable, amount }) => !channelLiable && toScaled(amount) !== 0n)

/**
 * Odoo's taxes for a line. Several rates (state, county, city) are one tax where Odoo has their sum, else each is found.
 * A tax of no amount is none: the channel has exempted the line.
 */
export function taxesFor(line: Pick<LineBody, 'taxes' | 'name'>, world: TaxWorld): LineTaxes {
  const taxes = ownTaxes(line.taxes)
  if (taxes.length === 0 || world.settings.taxes === 'lines') return NONE
  const rates = taxes.map(tax => percentOf(tax, line))
  const sum = Number(rates.reduce((total, rate) => total + rate, 0).toFixed(4))
  const whole = rates.length > 1 ? findTax(sum, world) : null
  const found = whole ? [whole] : rates.map(rate => findTax(rate, world) ?? noTax(rate, world))
  return { ids: found.map(({ id }) => id), rate: sum, included: found.every(tax => tax.price_include) }
}

function percentOf({ rate, title }: TaxBody, { name }: Pick<LineBody, 'name'>): number {
  if (rate !== undefined) return Number((rate * 100).toFixed(4))
  throw missing(`rate for the tax “${title ?? ''}” of the line “${name}”: set \`taxes\` to lines`)
}

/** The one that the settings name, else the only one of this rate; null where there is none. */
function findTax(rate: number, { settings, master, included }: TaxWorld): SalesTax | null {
  const key = `${rate}${included ? ' included' : ''}`
  const name = settings.taxRates[key] ?? settings.taxRates[String(rate)]
  if (name !== undefined) {
    const named = master.taxes.find(tax => tax.name === name)
    if (named) return named
    throw missing(`sales tax “${name}”`)
  }
  const fitting = master.taxes.filter(
    tax => tax.amount_type === 'percent' && tax.amount === rate && tax.price_include === included,
  )
  if (fitting.length > 1)
    throw ambiguous(
      `sales tax of ${key} %`,
      fitting.map(tax => tax.name),
    )
  return fitting[0] ?? null
}

const noTax = (rate: number, { included }: TaxWorld): never => {
  throw missing(`sales tax of ${rate} %${included ? ' that is included in the price' : ''}`)
}
