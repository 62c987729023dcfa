import { toScaled } from '../../../sdk/index.ts'
import { missing } from '../master-data.ts'
import type { OdooSettings } from '../settings.ts'
import { shareOf, shown, withoutTax, withTax } from './amounts.ts'
import type { LineBody, OrderBody } from './body.ts'
import { type LineTaxes, ownTaxes, type TaxWorld, taxesFor } from './taxes.ts'

/** A line of the sale order before its product is looked up. */
export interface WantedLine {
  id: string
  sku: string
  name: string
  quantity: number
  price: string
  taxes: readonly number[]
  /** Columns that an overlay added. */
  more: Readonly<Record<string, unknown>>
}

type Products = OdooSettings['products']

export interface LinesOf {
  body: OrderBody
  settings: OdooSettings
  world: TaxWorld
}

/** Goods, delivery, fees, then what is taken off and what is only tax, each to the cent. */
export function wantedLines({ body, settings, world }: LinesOf): WantedLine[] {
  const { products } = settings
  const sold: [LineBody, string][] = [
    ...body.lines.map((line): [LineBody, string] => [line, skuOf(line, products)]),
    ...(body.shipping ?? []).map((line): [LineBody, string] => [
      line,
      line.sku ?? serviceFor('shipping', products),
    ]),
    ...(body.fees ?? []).map((line): [LineBody, string] => [line, line.sku ?? feeProduct(line, products)]),
  ]
  const taxed = sold.map(([line, sku]) => ({ line, sku, taxes: taxesFor(line, world) }))
  const lines = taxed.map(({ line, sku, taxes }) => soldLine(line, { sku, taxes, world }))
  const rest = { body, products, world, taxed: taxed.map(({ line, taxes }) => ({ line, taxes })) }
  return apart([...lines, ...discountLines(rest), ...taxLine(rest)])
}

/** Lines that their channel gives no id are told apart by their place among the same: two of one article stay two. */
function apart(lines: readonly WantedLine[]): WantedLine[] {
  const seen = new Map<string, number>()
  return lines.map(line => {
    const nth = (seen.get(line.id) ?? 0) + 1
    seen.set(line.id, nth)
    return nth === 1 ? line : { ...line, id: `${line.id} (${nth})` }
  })
}

const serviceFor = (name: keyof Products, products: Products): string => {
  const sku = products[name]
  if (sku !== undefined) return sku
  throw missing(`product for this: name one in the setting products.${name}`)
}

function skuOf({ sku, kind }: LineBody, products: Products): string {
  if (sku) return sku
  return serviceFor(kind === 'gift-card' && products.giftCard ? 'giftCard' : 'unmapped', products)
}

const feeProduct = ({ kind }: LineBody, products: Products): string =>
  serviceFor(kind === 'duty' && products.duty ? 'duty' : 'fee', products)

const OWN: ReadonlySet<string> = new Set([
  ...['id', 'kind', 'sku', 'name', 'quantity', 'product_uom_qty', 'price_unit', 'discount', 'taxes'],
])

interface Sold {
  sku: string
  taxes: LineTaxes
  world: TaxWorld
}

const soldLine = (line: LineBody, { sku, taxes, world }: Sold): WantedLine => ({
  id: line.id,
  sku,
  name: line.name,
  quantity: line.product_uom_qty,
  price: priceFor(line.price_unit, taxes, world),
  taxes: taxes.ids,
  more: Object.fromEntries(Object.entries(line).filter(([column]) => !OWN.has(column))),
})

/** The channel's price as Odoo's tax reads it: with the tax inside, or without. */
function priceFor(price: string, taxes: LineTaxes, { included }: TaxWorld): string {
  if (taxes.ids.length === 0 || taxes.included === included) return price
  return included ? withoutTax(price, taxes.rate) : withTax(price, taxes.rate)
}

interface Rest {
  body: OrderBody
  products: Products
  world: TaxWorld
  taxed: readonly { line: LineBody; taxes: LineTaxes }[]
}

/**
 * One line for each set of taxes: what is taken off lowers the tax with the goods that it was for. Discounts of the whole
 * order, which the channel did not spread, go to the set with the most goods.
 */
function discountLines({ body, products, world, taxed }: Rest): WantedLine[] {
  const { currency } = body
  const sums = new Map<string, { taxes: LineTaxes; amount: bigint; goods: bigint }>()
  for (const { line, taxes } of taxed) {
    const part = { of: line.quantity, units: line.product_uom_qty }
    const sum = sums.get(taxes.ids.join()) ?? { taxes, amount: 0n, goods: 0n }
    sum.amount += shareOf(line.discount ?? '0', part, currency)
    sum.goods += shareOf(line.price_unit, { of: 1, units: line.product_uom_qty }, currency)
    sums.set(taxes.ids.join(), sum)
  }
  const all = [...sums.values()].sort((a, b) => (a.goods < b.goods ? 1 : -1))
  for (const { price_unit } of body.discounts ?? []) if (all[0]) all[0].amount += toScaled(price_unit)
  return all
    .filter(({ amount }) => amount !== 0n)
    .map(({ taxes, amount }) => ({
      id: `discount ${taxes.ids.join()}`,
      sku: serviceFor('discount', products),
      name: body.discounts?.[0]?.name ?? 'Discount',
      quantity: 1,
      price: priceFor(shown(-amount, currency), taxes, world),
      taxes: taxes.ids,
      more: {},
    }))
}

/** Tax that no tax of Odoo computes: all of it under `taxes: lines`, else what a marketplace pays itself. */
function taxLine({ body, products, world, taxed }: Rest): WantedLine[] {
  const { currency } = body
  if (body.taxesIncluded) return []
  let amount = 0n
  for (const { line } of taxed) {
    const part = { of: line.quantity, units: line.product_uom_qty }
    const computed = world.settings.taxes === 'rates' ? ownTaxes(line.taxes) : []
    for (const tax of line.taxes ?? [])
      if (!computed.includes(tax)) amount += shareOf(tax.amount, part, currency)
  }
  if (amount === 0n) return []
  const sku = serviceFor('tax', products)
  return [{ id: 'tax', sku, name: 'Tax', quantity: 1, price: shown(amount, currency), taxes: [], more: {} }]
}
