import type { OdooClient } from '../../support/odoo-client.ts'
import type { Sold, SoldLine } from './channel.ts'
import { hundredths } from './channel.ts'
import { SERVICES, serviceOf } from './prepare.ts'
import { domainOf, type Run } from './run.ts'

/** What is not as the channels sold it; each entry names the order and both sides. */
export interface Comparison {
  /** Sale orders of the run's buyers. */
  orders: number
  missing: string[]
  doubled: string[]
  totals: string[]
  states: string[]
  lines: string[]
  partners: string[]
  currencies: string[]
  /** Sale orders that no channel sold. */
  strange: string[]
  /** Orders whose cents Odoo rounds otherwise, with the greatest such line. */
  rounded: { orders: number; most: number }
}

interface SaleOrder {
  id: number
  client_order_ref: string
  origin: string
  state: string
  amount_total: number
  currency_id: number
  partner_id: number
}

interface SaleLine {
  order_id: number
  product_id: number
  product_uom_qty: number
  price_unit: number
}

interface Partner {
  id: number
  name: string
  email: string
}

/** Lays Odoo's own records beside the channels'. */
export async function compare(odoo: OdooClient, run: Run, sold: readonly Sold[]): Promise<Comparison> {
  const held = await heldBy(odoo, run)
  const found: Comparison = {
    ...{ orders: held.orders.length, missing: [], doubled: [], totals: [], states: [], lines: [] },
    ...{ partners: held.doubledPartners, currencies: [], strange: [], rounded: held.rounded },
  }
  const byOrigin = Map.groupBy(held.orders, ({ origin }) => origin)
  for (const one of sold) {
    const name = `${one.channel} ${one.id}`
    const [order, ...more] = held.orders.filter(isOf(one))
    if (!order) found.missing.push(name)
    if (more.length > 0) found.doubled.push(name)
    if (order) compareOne({ one, order, held, found, name })
    byOrigin.delete(order?.origin ?? '')
  }
  found.strange.push(...byOrigin.keys())
  return found
}

const isOf =
  ({ id, reference, email }: Sold) =>
  (order: HeldOrder): boolean =>
    order.client_order_ref === reference && order.origin.endsWith(` ${id}`) && order.partner.email === email

interface HeldOrder extends SaleOrder {
  partner: Partner
  currency: string
  lines: SoldLine[]
}

interface Held {
  orders: HeldOrder[]
  doubledPartners: string[]
  rounded: Comparison['rounded']
}

async function heldBy(odoo: OdooClient, run: Run): Promise<Held> {
  const partners = await odoo.read<Partner>(
    'res.partner',
    [
      ['email', 'ilike', `@${domainOf(run.name)}`],
      ['type', '=', 'contact'],
      ['active', 'in', [true, false]],
    ],
    ['name', 'email'],
  )
  const orders = await odoo.read<SaleOrder>(
    'sale.order',
    [['partner_id', 'in', partners.map(({ id }) => id)]],
    ['client_order_ref', 'origin', 'state', 'amount_total', 'currency_id', 'partner_id'],
  )
  const lines = await odoo.read<SaleLine>(
    'sale.order.line',
    [['order_id', 'in', orders.map(({ id }) => id)]],
    ['order_id', 'product_id', 'product_uom_qty', 'price_unit'],
  )
  const skus = await namesOf(
    odoo,
    'product.product',
    'default_code',
    lines.map(line => line.product_id),
  )
  const currencies = await namesOf(
    odoo,
    'res.currency',
    'name',
    orders.map(order => order.currency_id),
  )
  const byOrder = Map.groupBy(lines, line => line.order_id)
  const people = new Map(partners.map(partner => [partner.id, partner]))
  const services = new Set(SERVICES.map(name => serviceOf(run, name)))
  const goods = (of: number): SoldLine[] =>
    (byOrder.get(of) ?? [])
      .map(line => ({
        ...{ sku: skus.get(line.product_id) ?? '', quantity: line.product_uom_qty },
        price: hundredths(line.price_unit),
      }))
      .filter(({ sku }) => !services.has(sku))
  const roundings = lines.filter(line => skus.get(line.product_id) === serviceOf(run, 'rounding'))
  return {
    orders: orders.map(order => ({
      ...order,
      partner: people.get(order.partner_id)!,
      currency: currencies.get(order.currency_id) ?? '',
      lines: goods(order.id),
    })),
    doubledPartners: doublesOf(partners.map(({ email }) => email)).map(email => `${email} is there twice`),
    rounded: {
      orders: roundings.filter(line => line.price_unit !== 0).length,
      most: Math.max(0, ...roundings.map(line => Math.abs(line.price_unit))),
    },
  }
}

async function namesOf(
  odoo: OdooClient,
  model: string,
  field: string,
  ids: readonly number[],
): Promise<Map<number, string>> {
  const rows = await odoo.read<Record<string, string>>(model, [['id', 'in', [...new Set(ids)]]], [field])
  return new Map(rows.map(row => [row.id, row[field]!]))
}

const doublesOf = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
]

interface One {
  one: Sold
  order: HeldOrder
  held: Held
  found: Comparison
  name: string
}

function compareOne({ one, order, found, name }: One): void {
  const state = one.cancelled ? 'cancel' : 'sale'
  if (order.state !== state) found.states.push(`${name}: ${order.state} instead of ${state}`)
  if (order.currency !== one.currency) found.currencies.push(`${name}: ${order.currency} for ${one.currency}`)
  if (order.partner.name !== one.name)
    found.partners.push(`${name}: ${order.partner.name} instead of ${one.name}`)
  // A cancelled order costs nothing any more.
  if (one.cancelled) return
  if (hundredths(order.amount_total) !== one.total)
    found.totals.push(`${name}: ${order.amount_total} instead of ${one.total / 100} ${one.currency}`)
  const [there, here] = [one.lines, order.lines].map(shown)
  if (there !== here) found.lines.push(`${name}: ${here} instead of ${there}`)
}

/** Nothing of an article is no line. */
const shown = (lines: readonly SoldLine[]): string =>
  lines
    .filter(({ quantity }) => quantity !== 0)
    .map(({ sku, quantity, price }) => `${quantity} ${sku} at ${price}`)
    .sort()
    .join(', ')

/** How much is wrong. */
export const harmIn = ({ orders: _orders, rounded: _rounded, ...found }: Comparison): number =>
  Object.values(found).reduce((sum, names) => sum + names.length, 0)
