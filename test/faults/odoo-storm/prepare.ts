import type { OdooClient } from '../../support/odoo-client.ts'
import type { Run } from './run.ts'
import { count, type Units } from './stock-in-odoo.ts'

/** What stands in an order beside articles. */
export const SERVICES = ['shipping', 'discount', 'fee', 'unmapped', 'tax', 'rounding'] as const

/** Per cent; those inside the price and those on top of it. */
const RATES: readonly [rate: string, included: boolean][] = [
  ['6', true],
  ['7', true],
  ['19', true],
  ['20', true],
  ['6', false],
  ['7', false],
  ['19', false],
  ['20', false],
  ['8.25', false],
  ['10', false],
]

/** Of each article that is bought, so that every order can be shipped. */
export const UNITS = 20_000

/** Articles with stock, service products and taxes; answers with the settings of the hub's connection that name them. */
export async function prepareOdoo(
  odoo: OdooClient,
  run: Run,
  units: Units,
): Promise<Record<string, unknown>> {
  const goods = [...units.keys()].map(sku => ({ ...untaxed(sku), is_storable: true }))
  const services = SERVICES.map(name => ({ ...untaxed(serviceOf(run, name)), type: 'service' }))
  await odoo.call('product.product', 'create', { vals_list: [...goods, ...services] })
  await count(odoo, units)
  return {
    warehouse: 'MAIN',
    products: Object.fromEntries(SERVICES.map(name => [name, serviceOf(run, name)])),
    taxRates: Object.fromEntries(await taxes(odoo)),
  }
}

export const serviceOf = (run: Run, name: (typeof SERVICES)[number]): string => run.sku(name.toUpperCase())

const untaxed = (sku: string) => ({ name: sku, default_code: sku, taxes_id: [[6, 0, []]] })

/** One after the other: two at once would conflict. */
async function taxes(odoo: OdooClient): Promise<[string, string][]> {
  const named: [string, string][] = []
  for (const rate of RATES) named.push(await taxFor(odoo, rate))
  return named
}

/** The one there is, else one that all runs share: a second of its rate would leave others in doubt. */
async function taxFor(odoo: OdooClient, [rate, included]: (typeof RATES)[number]): Promise<[string, string]> {
  const key = `${rate}${included ? ' included' : ''}`
  const [known] = await odoo.read<{ name: string }>(
    'account.tax',
    [
      ['type_tax_use', '=', 'sale'],
      ['amount_type', '=', 'percent'],
      ['amount', '=', Number(rate)],
      ['price_include', '=', included],
    ],
    ['name'],
  )
  if (known) return [key, known.name]
  const name = `Storm ${rate} % ${included ? 'included' : 'on top'}`
  const { ids, messages } = await odoo.call<{ ids: number[] | false; messages: unknown }>(
    'account.tax',
    'load',
    {
      fields: ['id', 'name', 'amount', 'amount_type', 'type_tax_use', 'price_include_override'],
      data: [
        [
          `crossdock_storm.tax_${key.replaceAll(/\W/g, '_')}`,
          ...[name, rate, 'percent', 'sale', included ? 'tax_included' : 'tax_excluded'],
        ],
      ],
    },
  )
  if (ids) return [key, name]
  throw new Error(`${name}: ${JSON.stringify(messages)}`)
}
